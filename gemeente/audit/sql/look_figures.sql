-- look_figures: how often, by how many and since when others were in the data of one party. Read by the index on its lines.
SELECT count(*) FILTER (WHERE at >= %(since)s),
       count(DISTINCT coalesce(actor_id::text, actor_name)) FILTER (WHERE at >= %(since)s AND actor_kind = 'employee'),
       count(DISTINCT actor_name) FILTER (WHERE at >= %(since)s AND actor_kind = 'system'),
       min(at),
       max(at),
       coalesce(array_agg(DISTINCT department) FILTER (WHERE department <> ''), '{}')
FROM audit_entry
WHERE subject = %(party)s AND actor_id IS DISTINCT FROM %(party)s

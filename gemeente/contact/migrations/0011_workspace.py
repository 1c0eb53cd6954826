from django.db import migrations, models

# What changes for an open screen is told on the channel `live` when the transaction commits, by the database itself: no deed
# can forget it, and none pays a round trip for it. Told are ids and who may hear them, never words.
TELL = """
CREATE FUNCTION contact_tell(kind text, of contact_question, former_team text, former_handler uuid) RETURNS void LANGUAGE sql AS $$
    SELECT pg_notify('live', json_build_object(
        'kind', kind, 'number', of.number, 'version', of.version,
        'teams', array_remove(ARRAY[of.team::text, former_team], NULL)
            || ARRAY(SELECT team::text FROM contact_followuptask WHERE question = of.id AND state = 'open' AND team <> '' LIMIT 20),
        'people', array_remove(ARRAY[of.handler, former_handler], NULL)
            || ARRAY(SELECT employee FROM contact_mention WHERE question = of.id ORDER BY id DESC LIMIT 50))::text)
$$;

CREATE FUNCTION contact_tell_question() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM contact_tell('question', NEW, OLD.team, OLD.handler);
    RETURN NULL;
END $$;
CREATE TRIGGER live_asked AFTER INSERT ON contact_question FOR EACH ROW EXECUTE FUNCTION contact_tell_question();
CREATE TRIGGER live_changed AFTER UPDATE ON contact_question
    FOR EACH ROW WHEN (OLD.version <> NEW.version) EXECUTE FUNCTION contact_tell_question();

CREATE FUNCTION contact_tell_company(which uuid) RETURNS void LANGUAGE sql AS $$
    SELECT contact_tell('company', question, NULL, NULL) FROM contact_question AS question WHERE question.id = which
$$;

CREATE FUNCTION contact_tell_draft() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM contact_tell_company(coalesce(NEW.question, OLD.question));
    RETURN NULL;
END $$;
CREATE TRIGGER live_draft AFTER INSERT OR DELETE ON contact_draft FOR EACH ROW EXECUTE FUNCTION contact_tell_draft();
CREATE TRIGGER live_draft_again AFTER UPDATE ON contact_draft
    FOR EACH ROW WHEN (OLD.saved_at < NEW.saved_at - interval '15 minutes') EXECUTE FUNCTION contact_tell_draft();

ALTER TABLE contact_presence SET UNLOGGED;
"""
UNTELL = """
DROP TRIGGER live_asked ON contact_question;
DROP TRIGGER live_changed ON contact_question;
DROP TRIGGER live_draft ON contact_draft;
DROP TRIGGER live_draft_again ON contact_draft;
DROP FUNCTION contact_tell_draft, contact_tell_company, contact_tell_question, contact_tell;
"""


class Migration(migrations.Migration):
    dependencies = [("contact", "0010_search")]
    operations = [
        migrations.CreateModel(
            name="Follow",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("question", models.UUIDField()),
                ("employee", models.UUIDField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("employee", "question"), name="follow_once")],
            },
        ),
        migrations.CreateModel(
            name="Mention",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("question", models.UUIDField()),
                ("employee", models.UUIDField()),
                ("by_name", models.TextField()),
                ("at", models.DateTimeField()),
                ("read_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["question", "employee"], name="mention_of_question"),
                    models.Index(
                        condition=models.Q(("read_at", None)), fields=["employee", "-at"], name="mention_unread"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Presence",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("question", models.UUIDField()),
                ("employee", models.UUIDField()),
                ("seen_at", models.DateTimeField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("question", "employee"), name="presence_once")],
            },
        ),
        migrations.CreateModel(
            name="SavedFilter",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("employee", models.UUIDField()),
                ("name", models.CharField(max_length=40)),
                ("choice", models.JSONField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("employee", "name"), name="saved_filter_once")],
            },
        ),
        migrations.RunSQL(TELL, UNTELL),
    ]

from django.db import migrations

# BIO2 8.15: log lines are protected against change. TRUNCATE stays possible for the owner, so that a retention term can be kept.
FORWARD = """
CREATE FUNCTION audit_entry_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an audit line is never changed';
END $$;
CREATE TRIGGER audit_entry_is_final BEFORE UPDATE OR DELETE ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION audit_entry_is_final();
"""
BACKWARD = "DROP TRIGGER audit_entry_is_final ON audit_entry; DROP FUNCTION audit_entry_is_final();"


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]

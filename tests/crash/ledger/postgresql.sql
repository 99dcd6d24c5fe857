CREATE TABLE crash_doubt (key TEXT NOT NULL)
;;
CREATE FUNCTION crash_doubt() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO crash_doubt VALUES (NEW.key);
    RETURN NEW;
END $$
;;
CREATE TRIGGER crash_doubt AFTER UPDATE OF state ON outbox FOR EACH ROW
WHEN (OLD.state = 'sending'
    AND (NEW.state = 'in_doubt' OR NEW.state = 'pending' AND NEW.not_before <> OLD.not_before))
EXECUTE FUNCTION crash_doubt()

CREATE TABLE crash_doubt (key TEXT NOT NULL)
;;
CREATE TRIGGER crash_doubt AFTER UPDATE OF state ON outbox
WHEN OLD.state = 'sending'
    AND (NEW.state = 'in_doubt' OR NEW.state = 'pending' AND NEW.not_before <> OLD.not_before)
BEGIN
    INSERT INTO crash_doubt VALUES (NEW.key);
END

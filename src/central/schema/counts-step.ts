/**
 * How many rows each hour has, and how often its texts came or went: counting them for each question takes seconds of a large
 * register. Whatever adds or removes rows, the numbers follow in its transaction. Gateways are locked first, in their order, as a
 * batch locks its own: so two transactions do not wait for one another's hours.
 */
export const countsStep: string = `
  ALTER TABLE hours ADD COLUMN visits int NOT NULL DEFAULT 0, ADD COLUMN texts int NOT NULL DEFAULT 0,
    ADD COLUMN text_changes int NOT NULL DEFAULT 0;

  CREATE FUNCTION count_rows() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, visitlog, pg_temp AS $$
  BEGIN
    PERFORM 1 FROM visitlog.gateways g WHERE g.id IN (SELECT c.gateway FROM changed c) ORDER BY g.id FOR NO KEY UPDATE;
    UPDATE visitlog.hours h SET
        visits = h.visits + CASE TG_TABLE_NAME WHEN 'visits' THEN found.number ELSE 0 END,
        texts = h.texts + CASE TG_TABLE_NAME WHEN 'texts' THEN found.number ELSE 0 END,
        text_changes = h.text_changes + (TG_TABLE_NAME = 'texts')::int
      FROM (SELECT c.hour, c.gateway, c.key_no, (count(*) * CASE TG_OP WHEN 'DELETE' THEN -1 ELSE 1 END)::int AS number
        FROM changed c GROUP BY c.hour, c.gateway, c.key_no) AS found
      WHERE h.hour = found.hour AND h.gateway = found.gateway AND h.key_no = found.key_no;
    RETURN NULL;
  END $$;

  CREATE TRIGGER count_added AFTER INSERT ON visits REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION count_rows();
  CREATE TRIGGER count_removed AFTER DELETE ON visits REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION count_rows();
  CREATE TRIGGER count_added AFTER INSERT ON texts REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION count_rows();
  CREATE TRIGGER count_removed AFTER DELETE ON texts REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION count_rows();
  REVOKE ALL ON FUNCTION count_rows FROM PUBLIC;

  UPDATE hours h SET visits = found.number
    FROM (SELECT v.hour, v.gateway, v.key_no, count(*)::int AS number FROM visits v GROUP BY v.hour, v.gateway, v.key_no) AS found
    WHERE h.hour = found.hour AND h.gateway = found.gateway AND h.key_no = found.key_no;
  UPDATE hours h SET texts = found.number
    FROM (SELECT t.hour, t.gateway, t.key_no, count(*)::int AS number FROM texts t GROUP BY t.hour, t.gateway, t.key_no) AS found
    WHERE h.hour = found.hour AND h.gateway = found.gateway AND h.key_no = found.key_no;
`;

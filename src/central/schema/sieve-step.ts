import { sievedBytes } from '../../store/sealing/row-sieve.ts';
import { nonceBytes } from '../../store/sealing/seal.ts';
import { flagsInRow } from '../../store/sealing/visit-row.ts';

/**
 * A visitor's tag is shared by a hundred rows of each gateway's hour, which lie all over the table: a trace read most of it. What
 * tells another's row from the visitor's (sealing/row-sieve.ts) is in the index too, so that only rows of hours that may have one
 * of the visitor's are fetched. As octets, they are a copy of what the row has sealed.
 */
export function sieveStep(mostDays: number): string {
  return `
  ALTER TABLE visits ADD COLUMN sieved bytea GENERATED ALWAYS AS
    (substring(sealed FROM 1 FOR ${sievedBytes - 1}) || substring(sealed FROM ${nonceBytes + flagsInRow + 1} FOR 1)) STORED;
  DROP INDEX visits_by_visitor;
  CREATE INDEX visits_by_visitor ON visits (hour, gateway, key_no, visitor_tag) INCLUDE (sieved);

  -- As before, but that a partition has what is generated.
  CREATE OR REPLACE FUNCTION prepare_day(day int) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, visitlog, pg_temp AS $$
  DECLARE parent text;
  BEGIN
    IF to_regclass(format('visitlog.texts_%s', day)) IS NOT NULL THEN RETURN; END IF;
    PERFORM pg_advisory_xact_lock(hashtext('visitlog.prepare_day'));
    IF to_regclass(format('visitlog.texts_%s', day)) IS NOT NULL THEN RETURN; END IF;
    IF (SELECT count(*) FROM pg_inherits WHERE inhparent = 'visitlog.visits'::regclass) >= ${mostDays} THEN
      RAISE program_limit_exceeded USING MESSAGE = 'too many days';
    END IF;
    FOREACH parent IN ARRAY ARRAY['visits', 'texts'] LOOP
      EXECUTE format('CREATE TABLE visitlog.%I (LIKE visitlog.%I INCLUDING CONSTRAINTS INCLUDING GENERATED)',
        parent || '_' || day, parent);
      EXECUTE format('ALTER TABLE visitlog.%I ATTACH PARTITION visitlog.%I FOR VALUES FROM (%s) TO (%s)',
        parent, parent || '_' || day, day * 24, day * 24 + 24);
    END LOOP;
  END $$;
`;
}

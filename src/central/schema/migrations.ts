import { venueTagBytes, visitorTagBytes } from '../../store/sealing/tags.ts';
import { headBytes, idBytes, rowBytes } from '../../store/sealing/visit-row.ts';
import { countsStep } from './counts-step.ts';
import { holderStep } from './holder-step.ts';
import { offerStep } from './offer-step.ts';
import { placesStep } from './places-step.ts';
import { sieveStep } from './sieve-step.ts';

/** The schema that everything of the central register lies in. */
export const schemaName = 'visitlog';

/*
 * A partition of visits or texts holds one day of hours (UTC), so that a day goes as a whole. It is made with the first
 * hour of its day: beside the table and attached, which does not keep others from writing.
 */
const mostDays = 800;

/**
 * The steps from an empty schema to today's; `schema_version` has how many of them it has had. A step that was released
 * is never changed. They run as `visitlog_owner`. Hours are whole hours since 1970-01-01T00:00Z.
 *
 * Whoever logs in gets at no table but what is public anyway; the functions do what a gateway or a holder may, under
 * the name that belongs to its login. So a stolen gateway can neither read what it has sent nor write as another.
 */
export const migrations: readonly string[] = [
  `
  CREATE TABLE schema_version (
    version int NOT NULL,
    migrated_at timestamptz NOT NULL DEFAULT now()
  );

  CREATE TABLE gateways (
    id         smallint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    name       text NOT NULL UNIQUE CHECK (name ~ '^[a-z0-9-]{1,32}$'),
    login      name NOT NULL UNIQUE,
    added_at   timestamptz NOT NULL DEFAULT now(),
    -- Written by each batch: what a repeated batch waits for on the standby, though it adds no row.
    batches    bigint NOT NULL DEFAULT 0,
    written_at timestamptz
  );

  CREATE TABLE holders (
    id       smallint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    name     text NOT NULL UNIQUE CHECK (name ~ '^[a-z0-9-]{1,32}$'),
    login    name NOT NULL UNIQUE,
    added_at timestamptz NOT NULL DEFAULT now()
  );

  -- The holders' public keys of hours, which a gateway checks against the key that it has pinned.
  CREATE TABLE published_hours (
    hour       int NOT NULL,
    holder     smallint NOT NULL REFERENCES holders,
    public_key bytea NOT NULL CHECK (octet_length(public_key) = 32),
    signature  bytea NOT NULL CHECK (octet_length(signature) = 64),
    PRIMARY KEY (hour, holder)
  );

  -- A gateway's key of an hour, wrapped to a holder. key_no: a gateway that was put back from a copy makes another key
  -- for the same hour, and what it had sent before stays readable.
  CREATE TABLE envelopes (
    hour     int NOT NULL,
    gateway  smallint NOT NULL REFERENCES gateways,
    key_no   smallint NOT NULL,
    holder   smallint NOT NULL REFERENCES holders,
    envelope bytea NOT NULL CHECK (octet_length(envelope) BETWEEN 32 AND 1024),
    PRIMARY KEY (hour, gateway, key_no, holder)
  );

  -- No hour without an envelope, no row without its hour. key_id: derived from the key, tells keys apart.
  -- tag_bits: of visitor_tag, those in use.
  CREATE TABLE hours (
    hour         int NOT NULL,
    gateway      smallint NOT NULL REFERENCES gateways,
    key_no       smallint NOT NULL,
    key_id       bytea NOT NULL CHECK (octet_length(key_id) = 16),
    algorithm    text NOT NULL CHECK (algorithm IN ('aes-256-gcm', 'aria-256-gcm')),
    tag_bits     smallint,
    first_holder smallint NOT NULL,
    PRIMARY KEY (hour, gateway, key_no),
    UNIQUE (hour, gateway, key_id),
    FOREIGN KEY (hour, gateway, key_no, first_holder) REFERENCES envelopes
  );

  -- The names of a gateway's lines; rows hold the number.
  CREATE TABLE lines (
    gateway smallint NOT NULL REFERENCES gateways,
    line    int NOT NULL,
    name    text NOT NULL CHECK (length(name) <= 64),
    PRIMARY KEY (gateway, line)
  );

  -- Rows as the gateway has sealed them (sealing/visit-row.ts, sealed-record.ts), octet by octet.
  CREATE TABLE visits (
    hour        int NOT NULL,
    gateway     smallint NOT NULL,
    key_no      smallint NOT NULL,
    venue_tag   bytea NOT NULL CHECK (octet_length(venue_tag) = ${venueTagBytes}),
    id          bytea NOT NULL CHECK (octet_length(id) = ${idBytes}),
    visitor_tag bytea NOT NULL CHECK (octet_length(visitor_tag) = ${visitorTagBytes}),
    sealed      bytea NOT NULL CHECK (octet_length(sealed) = ${rowBytes - headBytes}),
    PRIMARY KEY (hour, gateway, key_no, venue_tag, id),
    FOREIGN KEY (hour, gateway, key_no) REFERENCES hours
  ) PARTITION BY RANGE (hour);
  CREATE INDEX visits_by_visitor ON visits (hour, gateway, key_no, visitor_tag);

  CREATE TABLE texts (
    hour    int NOT NULL,
    gateway smallint NOT NULL,
    key_no  smallint NOT NULL,
    id      bigint NOT NULL,
    sealed  bytea NOT NULL CHECK (octet_length(sealed) <= 1048576),
    PRIMARY KEY (hour, gateway, key_no, id),
    FOREIGN KEY (hour, gateway, key_no) REFERENCES hours
  ) PARTITION BY RANGE (hour);

  CREATE FUNCTION calling_gateway() RETURNS smallint LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, visitlog, pg_temp AS $$
  DECLARE found smallint;
  BEGIN
    SELECT g.id INTO found FROM visitlog.gateways g WHERE g.login = session_user;
    IF found IS NULL THEN
      RAISE insufficient_privilege USING MESSAGE = 'this login is not a gateway''s';
    END IF;
    RETURN found;
  END $$;

  CREATE FUNCTION calling_holder() RETURNS smallint LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, visitlog, pg_temp AS $$
  DECLARE found smallint;
  BEGIN
    SELECT h.id INTO found FROM visitlog.holders h WHERE h.login = session_user;
    IF found IS NULL THEN
      RAISE insufficient_privilege USING MESSAGE = 'this login is not a holder''s';
    END IF;
    RETURN found;
  END $$;

  CREATE FUNCTION prepare_day(day int) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
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
      EXECUTE format('CREATE TABLE visitlog.%I (LIKE visitlog.%I INCLUDING CONSTRAINTS)', parent || '_' || day, parent);
      EXECUTE format('ALTER TABLE visitlog.%I ATTACH PARTITION visitlog.%I FOR VALUES FROM (%s) TO (%s)',
        parent, parent || '_' || day, day * 24, day * 24 + 24);
    END LOOP;
  END $$;

  -- The hour's key_no. Holders whose envelope is there already keep it.
  CREATE FUNCTION open_hour(hour int, key_id bytea, algorithm text, tag_bits smallint, holders text[], envelopes bytea[])
    RETURNS smallint LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, visitlog, pg_temp AS $$
  DECLARE
    me smallint := visitlog.calling_gateway();
    number smallint;
    first smallint;
  BEGIN
    -- Two sessions of one gateway are not to give two keys the same number.
    PERFORM 1 FROM visitlog.gateways g WHERE g.id = me FOR UPDATE;
    SELECT h.key_no INTO number FROM visitlog.hours h
      WHERE h.hour = open_hour.hour AND h.gateway = me AND h.key_id = open_hour.key_id;
    IF number IS NULL THEN
      SELECT coalesce(max(h.key_no) + 1, 0) INTO number FROM visitlog.hours h
        WHERE h.hour = open_hour.hour AND h.gateway = me;
    END IF;
    INSERT INTO visitlog.envelopes (hour, gateway, key_no, holder, envelope)
      SELECT open_hour.hour, me, number, h.id, e.envelope
      FROM unnest(open_hour.holders, open_hour.envelopes) AS e (holder, envelope)
      JOIN visitlog.holders h ON h.name = e.holder
      ON CONFLICT DO NOTHING;
    SELECT min(e.holder) INTO first FROM visitlog.envelopes e
      WHERE e.hour = open_hour.hour AND e.gateway = me AND e.key_no = number;
    INSERT INTO visitlog.hours AS h (hour, gateway, key_no, key_id, algorithm, tag_bits, first_holder)
      VALUES (open_hour.hour, me, number, open_hour.key_id, open_hour.algorithm, open_hour.tag_bits, first)
      ON CONFLICT ON CONSTRAINT hours_pkey DO UPDATE SET tag_bits = coalesce(h.tag_bits, excluded.tag_bits);
    PERFORM visitlog.prepare_day(floor(open_hour.hour / 24.0)::int);
    RETURN number;
  END $$;

  CREATE FUNCTION name_lines(numbers int[], names text[]) RETURNS void LANGUAGE sql SECURITY DEFINER
    SET search_path = pg_catalog, visitlog, pg_temp AS $$
    INSERT INTO visitlog.lines (gateway, line, name)
      SELECT visitlog.calling_gateway(), l.number, l.name FROM unnest(numbers, names) AS l (number, name)
      ON CONFLICT (gateway, line) DO UPDATE SET name = excluded.name
  $$;

  -- rows: those of visits joined, ${rowBytes} octets each; the other arrays have one item for each row.
  CREATE FUNCTION forward(
    visit_hours int[], visit_keys smallint[], rows bytea,
    text_hours int[], text_keys smallint[], text_ids bigint[], text_rows bytea[]
  ) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, visitlog, pg_temp AS $$
  DECLARE me smallint := visitlog.calling_gateway();
  BEGIN
    UPDATE visitlog.gateways g SET batches = g.batches + 1, written_at = clock_timestamp() WHERE g.id = me;
    INSERT INTO visitlog.visits (hour, gateway, key_no, venue_tag, id, visitor_tag, sealed)
      SELECT v.hour, me, v.key_no,
        substring(rows FROM at FOR ${venueTagBytes}),
        substring(rows FROM at + ${venueTagBytes} FOR ${idBytes}),
        substring(rows FROM at + ${venueTagBytes + idBytes} FOR ${visitorTagBytes}),
        substring(rows FROM at + ${headBytes} FOR ${rowBytes - headBytes})
      FROM unnest(visit_hours, visit_keys) WITH ORDINALITY AS v (hour, key_no, n)
      CROSS JOIN LATERAL (SELECT ((v.n - 1) * ${rowBytes} + 1)::int AS at) AS place
      ON CONFLICT DO NOTHING;
    INSERT INTO visitlog.texts (hour, gateway, key_no, id, sealed)
      SELECT t.hour, me, t.key_no, t.id, t.sealed
      FROM unnest(text_hours, text_keys, text_ids, text_rows) AS t (hour, key_no, id, sealed)
      ON CONFLICT DO NOTHING;
  END $$;

  -- Hours that the calling gateway has opened, and the holders that have published a key and have no envelope.
  CREATE FUNCTION missing_envelopes() RETURNS TABLE (hour int, key_id bytea, holder text) LANGUAGE sql STABLE
    SECURITY DEFINER SET search_path = pg_catalog, visitlog, pg_temp AS $$
    SELECT h.hour, h.key_id, o.name
    FROM visitlog.hours h
    JOIN visitlog.published_hours p ON p.hour = h.hour
    JOIN visitlog.holders o ON o.id = p.holder
    WHERE h.gateway = visitlog.calling_gateway() AND NOT EXISTS (
      SELECT 1 FROM visitlog.envelopes e
      WHERE e.hour = h.hour AND e.gateway = h.gateway AND e.key_no = h.key_no AND e.holder = p.holder)
    ORDER BY h.hour LIMIT 200
  $$;

  CREATE VIEW hour_keys AS
    SELECT p.hour, o.name AS holder, p.public_key, p.signature
    FROM published_hours p JOIN holders o ON o.id = p.holder;

  -- A key that was published is not changed any more: envelopes were made with it.
  CREATE FUNCTION publish_hours(hours int[], public_keys bytea[], signatures bytea[]) RETURNS int LANGUAGE sql
    SECURITY DEFINER SET search_path = pg_catalog, visitlog, pg_temp AS $$
    WITH added AS (
      INSERT INTO visitlog.published_hours (hour, holder, public_key, signature)
        SELECT p.hour, visitlog.calling_holder(), p.public_key, p.signature
        FROM unnest(hours, public_keys, signatures) AS p (hour, public_key, signature)
        ON CONFLICT DO NOTHING RETURNING 1)
    SELECT count(*)::int FROM added
  $$;

  -- wanted: how many standbys a commit waits for; 0 if none is configured. here: how many of them stream.
  CREATE FUNCTION standbys() RETURNS TABLE (wanted int, here int) LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, visitlog, pg_temp AS $$
    SELECT CASE WHEN names = '' THEN 0
      ELSE coalesce((regexp_match(names, '^\\s*(?:(?:FIRST|ANY)\\s+)?(\\d+)\\s*\\(', 'i'))[1]::int, 1) END,
      (SELECT count(*)::int FROM pg_stat_replication
        WHERE sync_state IN ('sync', 'quorum') AND state = 'streaming')
    FROM (SELECT trim(current_setting('synchronous_standby_names')) AS names) AS configured
  $$;

  REVOKE ALL ON ALL FUNCTIONS IN SCHEMA visitlog FROM PUBLIC;
  GRANT EXECUTE ON FUNCTION open_hour, name_lines, forward, missing_envelopes, standbys TO visitlog_gateway;
  GRANT EXECUTE ON FUNCTION publish_hours, standbys TO visitlog_holder;
  GRANT SELECT ON schema_version, hour_keys TO visitlog_gateway, visitlog_holder;
  GRANT SELECT ON gateways, holders, published_hours, envelopes, hours, lines, visits, texts TO visitlog_holder;
  `,
  holderStep,
  `
  -- Envelopes name their gateway: under another name than the database's nobody could open them.
  CREATE FUNCTION my_gateway() RETURNS text LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, visitlog, pg_temp AS $$
    SELECT g.name FROM visitlog.gateways g WHERE g.id = visitlog.calling_gateway()
  $$;
  REVOKE ALL ON FUNCTION my_gateway FROM PUBLIC;
  GRANT EXECUTE ON FUNCTION my_gateway TO visitlog_gateway;
  `,
  offerStep,
  placesStep,
  countsStep,
  sieveStep(mostDays),
];

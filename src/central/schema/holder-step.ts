/**
 * What officers do at a holder: places, corrections, the sweep. What a holder seals itself is written as a gateway of its
 * own name, so that another holder reads it as any gateway's.
 */
export const holderStep: string = `
  -- branches: JSON, the further places that share the number. Times are milliseconds since 1970.
  CREATE TABLE venues (
    number     text PRIMARY KEY,
    name       text,
    address    text,
    issued     boolean NOT NULL,
    branches   text,
    removed_at bigint
  );

  -- What whole lists of places have changed. changes: JSON, each place before and after.
  CREATE TABLE venue_imports (
    id      int PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    at      bigint NOT NULL,
    changes text NOT NULL
  );

  CREATE INDEX texts_by_id ON texts (id);

  CREATE FUNCTION become_gateway() RETURNS void LANGUAGE sql SECURITY DEFINER
    SET search_path = pg_catalog, visitlog, pg_temp AS $$
    INSERT INTO visitlog.gateways (name, login)
      SELECT h.name, h.login FROM visitlog.holders h WHERE h.id = visitlog.calling_holder()
      ON CONFLICT DO NOTHING
  $$;

  -- Which of the rows were there, by their place in the arrays, from 1.
  CREATE FUNCTION remove_texts(hours int[], gateways smallint[], key_nos smallint[], ids bigint[])
    RETURNS TABLE (n int) LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, visitlog, pg_temp AS $$
  BEGIN
    PERFORM visitlog.calling_holder();
    RETURN QUERY DELETE FROM visitlog.texts t
      USING unnest(hours, gateways, key_nos, ids) WITH ORDINALITY AS w (hour, gateway, key_no, id, place)
      WHERE t.hour = w.hour AND t.gateway = w.gateway AND t.key_no = w.key_no AND t.id = w.id
      RETURNING w.place::int;
  END $$;

  CREATE FUNCTION remove_visits(hours int[], gateways smallint[], key_nos smallint[], tags bytea[], ids bytea[])
    RETURNS TABLE (n int) LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, visitlog, pg_temp AS $$
  BEGIN
    PERFORM visitlog.calling_holder();
    RETURN QUERY DELETE FROM visitlog.visits v
      USING unnest(hours, gateways, key_nos, tags, ids) WITH ORDINALITY AS w (hour, gateway, key_no, tag, id, place)
      WHERE v.hour = w.hour AND v.gateway = w.gateway AND v.key_no = w.key_no
        AND v.venue_tag = w.tag AND v.id = w.id
      RETURNING w.place::int;
  END $$;

  -- Days of which every hour is before this one go whole, with what is kept of their hours; how many went. Holders that
  -- come at the same time wait for one another. Whoever reads a table meanwhile is not waited for: the next call does it.
  CREATE FUNCTION drop_days(before_hour int) RETURNS int LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, visitlog, pg_temp SET lock_timeout = '2s' AS $$
  DECLARE
    past int;
    dropped int := 0;
  BEGIN
    PERFORM visitlog.calling_holder();
    PERFORM pg_advisory_xact_lock(hashtext('visitlog.prepare_day'));
    FOR past IN
      SELECT substring(c.relname FROM '^visits_(-?\\d+)$')::int AS of_day
      FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
      WHERE i.inhparent = 'visitlog.visits'::regclass
        AND substring(c.relname FROM '^visits_(-?\\d+)$')::int * 24 + 24 <= before_hour
      ORDER BY of_day
    LOOP
      EXECUTE format('DROP TABLE visitlog.%I, visitlog.%I', 'visits_' || past, 'texts_' || past);
      DELETE FROM visitlog.hours h WHERE h.hour >= past * 24 AND h.hour < past * 24 + 24;
      DELETE FROM visitlog.envelopes e WHERE e.hour >= past * 24 AND e.hour < past * 24 + 24;
      dropped := dropped + 1;
    END LOOP;
    DELETE FROM visitlog.published_hours p WHERE p.hour < floor(before_hour / 24.0) * 24;
    RETURN dropped;
  END $$;

  REVOKE ALL ON FUNCTION become_gateway, remove_texts, remove_visits, drop_days FROM PUBLIC;
  GRANT EXECUTE ON FUNCTION become_gateway, remove_texts, remove_visits, drop_days,
    open_hour, name_lines, forward TO visitlog_holder;
  GRANT SELECT, INSERT, UPDATE, DELETE ON venues, venue_imports TO visitlog_holder;
  GRANT SELECT ON venues TO visitlog_gateway;
`;

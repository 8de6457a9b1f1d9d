/**
 * What sites need of the places that officers register: those that are registered now, and which list of them it is, so
 * that a site asks for one value and fetches the list only after a change.
 */
export const placesStep: string = `
  -- Another value after each change, and none that was there before: not even after the database was restored.
  CREATE TABLE venues_version (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    version  uuid NOT NULL
  );
  INSERT INTO venues_version (version) VALUES (gen_random_uuid());

  CREATE FUNCTION renew_venues_version() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, visitlog, pg_temp AS $$
  BEGIN
    UPDATE visitlog.venues_version SET version = gen_random_uuid();
    RETURN NULL;
  END $$;
  REVOKE ALL ON FUNCTION renew_venues_version FROM PUBLIC;

  CREATE TRIGGER venues_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON venues
    FOR EACH STATEMENT EXECUTE FUNCTION renew_venues_version();

  -- Sites fetch page by page, by octets as they compare themselves.
  CREATE INDEX venues_by_number ON venues (number COLLATE "C");

  CREATE VIEW places AS
    SELECT number, name, address, issued, branches FROM venues WHERE removed_at IS NULL;

  -- Whether a holder has taken over what the calling gateway offered, so that nothing of it is to be decided any more.
  CREATE FUNCTION is_offer_adopted() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, visitlog, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM visitlog.offered_places o
      WHERE o.gateway = visitlog.calling_gateway() AND o.adopted_at IS NOT NULL)
  $$;
  REVOKE ALL ON FUNCTION is_offer_adopted FROM PUBLIC;
  GRANT EXECUTE ON FUNCTION is_offer_adopted TO visitlog_gateway;

  -- Of numbers that a gateway names: what becomes of its own places depends on them. Removed ones are shown to whoever names them.
  CREATE FUNCTION places_among(numbers text[]) RETURNS SETOF visitlog.venues LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, visitlog, pg_temp AS $$
    SELECT v.* FROM visitlog.venues v WHERE v.number = ANY (numbers) AND visitlog.calling_gateway() IS NOT NULL
  $$;
  REVOKE ALL ON FUNCTION places_among FROM PUBLIC;
  GRANT EXECUTE ON FUNCTION places_among TO visitlog_gateway;

  REVOKE SELECT ON venues FROM visitlog_gateway;
  GRANT SELECT ON places, venues_version TO visitlog_gateway;
`;

/**
 * Places that a gateway had before it came to the central register. It may only offer them: who has seized one must not name
 * the visits of all. A holder takes them over.
 */
export const offerStep: string = `
  -- places: JSON, one array for each place (adopt/offered-places.ts); null once a holder has taken them over. digest: of
  -- that text, so that what was taken over is not offered again.
  CREATE TABLE offered_places (
    gateway    smallint PRIMARY KEY REFERENCES gateways,
    offered_at timestamptz NOT NULL,
    digest     bytea NOT NULL,
    places     text CHECK (octet_length(places) <= 67108864),
    adopted_at timestamptz
  );

  -- The latest offer of a gateway is the one that counts. False: it is the one that is there.
  CREATE FUNCTION offer_places(places text) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, visitlog, pg_temp AS $$
  DECLARE me smallint := visitlog.calling_gateway();
  BEGIN
    INSERT INTO visitlog.offered_places AS o (gateway, offered_at, digest, places)
      VALUES (me, clock_timestamp(), sha256(convert_to(offer_places.places, 'UTF8')), offer_places.places)
      ON CONFLICT (gateway) DO UPDATE
        SET offered_at = excluded.offered_at, digest = excluded.digest, places = excluded.places, adopted_at = NULL
        WHERE o.digest <> excluded.digest;
    RETURN FOUND;
  END $$;

  REVOKE ALL ON FUNCTION offer_places FROM PUBLIC;
  GRANT EXECUTE ON FUNCTION offer_places TO visitlog_gateway;
  GRANT SELECT, UPDATE (places, adopted_at) ON offered_places TO visitlog_holder;
`;

/**
 * The steps from an empty file to today's tables; a database's `user_version` is how many of them it has had.
 * A step that was released is never changed. Every table of rows that expire begins its key with the hour or time, so
 * that rows are added where the cache is warm and expire as one range. Times are milliseconds since 1970.
 */
export const migrations: readonly string[] = [
  `
  CREATE TABLE meta (name TEXT PRIMARY KEY, value ANY NOT NULL) STRICT, WITHOUT ROWID;

  CREATE TABLE lines (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;

  -- How many rows each hour has; kept in the transaction that adds them.
  CREATE TABLE hours (
    hour        INTEGER PRIMARY KEY,
    visits      INTEGER NOT NULL,
    unresolved  INTEGER NOT NULL,
    undecodable INTEGER NOT NULL,
    notices     INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE visits (
    hour        INTEGER NOT NULL,
    venue       TEXT    NOT NULL,
    visited_at  INTEGER NOT NULL,
    id          INTEGER NOT NULL,
    tag         BLOB    NOT NULL,
    sealed      BLOB    NOT NULL,
    received_at INTEGER NOT NULL,
    line        INTEGER NOT NULL,
    flags       INTEGER NOT NULL,
    PRIMARY KEY (hour, venue, visited_at, id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX visits_by_visitor ON visits (hour, tag);

  CREATE TABLE texts (
    hour        INTEGER NOT NULL,
    id          INTEGER NOT NULL,
    at          INTEGER NOT NULL,
    kind        INTEGER NOT NULL,
    reason      TEXT    NOT NULL,
    tag         BLOB,
    sealed      BLOB    NOT NULL,
    received_at INTEGER NOT NULL,
    line        INTEGER NOT NULL,
    flags       INTEGER NOT NULL,
    PRIMARY KEY (hour, id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX texts_by_visitor ON texts (hour, tag) WHERE tag IS NOT NULL;

  CREATE TABLE parts (
    hour        INTEGER NOT NULL,
    id          INTEGER NOT NULL,
    set_id      INTEGER NOT NULL,
    set_tag     BLOB    NOT NULL,
    tag         BLOB    NOT NULL,
    total       INTEGER NOT NULL,
    seq         INTEGER NOT NULL,
    at          INTEGER NOT NULL,
    sealed      BLOB    NOT NULL,
    received_at INTEGER NOT NULL,
    line        INTEGER NOT NULL,
    flags       INTEGER NOT NULL,
    PRIMARY KEY (hour, id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX parts_by_name ON parts (hour, set_tag);
  CREATE INDEX parts_by_set ON parts (set_id);

  -- In order of time, as texts arrive: a hash in front would touch another page for every text.
  CREATE TABLE seen (
    at          INTEGER NOT NULL,
    fingerprint BLOB    NOT NULL,
    PRIMARY KEY (at, fingerprint)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE residents (
    line        TEXT    NOT NULL,
    memory      TEXT    NOT NULL,
    slot        INTEGER NOT NULL,
    hour        INTEGER NOT NULL,
    fingerprint BLOB    NOT NULL,
    PRIMARY KEY (line, memory, slot)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE venues (
    number  TEXT    PRIMARY KEY,
    name    TEXT,
    address TEXT,
    issued  INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE pin_attempts (sim BLOB PRIMARY KEY) STRICT, WITHOUT ROWID;
  `,
  `
  -- Names this register in its audit log, for good: the keyring's id changes with the keyring.
  INSERT INTO meta (name, value) VALUES ('register', randomblob(16));

  CREATE TABLE audit (
    seq   INTEGER PRIMARY KEY,
    at    INTEGER NOT NULL,
    entry TEXT    NOT NULL,
    prev  BLOB    NOT NULL,
    hash  BLOB    NOT NULL,
    mac   BLOB    NOT NULL
  ) STRICT;

  -- Pseudonyms of those whose numbers were shown, under the key of the hour; they go when the hour goes.
  CREATE TABLE audit_subjects (
    hour INTEGER NOT NULL,
    seq  INTEGER NOT NULL,
    tags BLOB    NOT NULL,
    PRIMARY KEY (hour, seq)
  ) STRICT;
  `,
  `
  -- Hours that a wrong clock dated, and when they are to end instead (clock-rule.ts).
  CREATE TABLE misdated (hour INTEGER PRIMARY KEY, ends_at INTEGER NOT NULL) STRICT;
  `,
  `
  -- A removed venue still names the visits of its time. branches: JSON, the further places that share the number.
  ALTER TABLE venues ADD COLUMN branches TEXT;
  ALTER TABLE venues ADD COLUMN removed_at INTEGER;

  -- The member of staff who made a visit of a text that named no venue; a bit of the visit's flags says so.
  -- A table of its own: a column with an index would hold an upgrade of thirty million visits up for minutes.
  CREATE TABLE corrections (
    hour         INTEGER NOT NULL,
    id           INTEGER NOT NULL,
    visited_at   INTEGER NOT NULL,
    corrected_by TEXT    NOT NULL,
    PRIMARY KEY (hour, id)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- The modem and the SIM that each line was last seen with, to notice a swap. They are the city's, no visitor's.
  CREATE TABLE line_identities (
    line  TEXT PRIMARY KEY,
    imei  TEXT,
    iccid TEXT,
    imsi  TEXT
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- The text that staff made the visit of, sealed: what was assigned wrongly is taken back. Null for earlier versions.
  ALTER TABLE corrections ADD COLUMN sealed BLOB;
  `,
  `
  -- What whole lists of places have changed, so that a wrong list is undone. changes: JSON, each place before and after.
  CREATE TABLE venue_imports (id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, changes TEXT NOT NULL) STRICT;
  `,
  `
  -- The sealed form: of a row only its hour, its tags and a random id are in the clear (sealing/visit-row.ts). The
  -- tables above that hold rows are of the form before it, and are read until their hours have ended.
  CREATE TABLE sealed_visits (
    hour        INTEGER NOT NULL,
    venue_tag   BLOB    NOT NULL,
    id          BLOB    NOT NULL,
    visitor_tag BLOB    NOT NULL,
    sealed      BLOB    NOT NULL,
    PRIMARY KEY (hour, venue_tag, id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX sealed_visits_by_visitor ON sealed_visits (hour, visitor_tag);

  -- Unresolved and undecodable texts, notices, and what does not fit into a visit's row.
  CREATE TABLE sealed_texts (
    hour   INTEGER NOT NULL,
    id     INTEGER NOT NULL,
    sealed BLOB    NOT NULL,
    PRIMARY KEY (hour, id)
  ) STRICT, WITHOUT ROWID;
  CREATE UNIQUE INDEX sealed_texts_by_id ON sealed_texts (id);

  CREATE TABLE sealed_parts (
    hour   INTEGER NOT NULL,
    id     INTEGER NOT NULL,
    sealed BLOB    NOT NULL,
    PRIMARY KEY (hour, id)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE sealed_slots (
    hour   INTEGER NOT NULL,
    id     INTEGER NOT NULL,
    sealed BLOB    NOT NULL,
    PRIMARY KEY (hour, id)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE fingerprints (
    hour        INTEGER NOT NULL,
    fingerprint BLOB    NOT NULL,
    PRIMARY KEY (hour, fingerprint)
  ) STRICT, WITHOUT ROWID;

  -- texts: rows of sealed_texts. kinds: how many of each kind, sealed. tag_bits: of visitor_tag, those in use.
  ALTER TABLE hours ADD COLUMN texts INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE hours ADD COLUMN kinds BLOB;
  ALTER TABLE hours ADD COLUMN tag_bits INTEGER;
  `,
  `
  -- By what their senders named texts, as a tag under the key of the hour (tables/named-texts.ts).
  CREATE TABLE named_texts (
    hour INTEGER NOT NULL,
    name BLOB    NOT NULL,
    PRIMARY KEY (hour, name)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- Visits of an hour that have gone to a central register: how many bits the same hour of next week uses follows all.
  ALTER TABLE hours ADD COLUMN visits_left INTEGER NOT NULL DEFAULT 0;
  `,
  `
  -- Of a holder of a central register: the keys of gateways' hours, sealed (holder/opened-hours.ts).
  CREATE TABLE opened_hours (
    hour    INTEGER NOT NULL,
    gateway TEXT    NOT NULL,
    key_no  INTEGER NOT NULL,
    sealed  BLOB    NOT NULL,
    PRIMARY KEY (hour, gateway, key_no)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- copied: the place was fetched from a central register (tables/place-copy.ts), and was not registered here.
  ALTER TABLE venues ADD COLUMN copied INTEGER NOT NULL DEFAULT 0;

  -- Which of its lists of places that is, when it was fetched, and until when it was known to be the latest.
  CREATE TABLE place_copy (
    id         INTEGER PRIMARY KEY CHECK (id = 1),
    version    TEXT    NOT NULL,
    taken_at   INTEGER NOT NULL,
    checked_at INTEGER NOT NULL
  ) STRICT;
  `,
  `
  -- Visits by their visitor's tag (tables/visit-tables.ts). Those that are there keep their order until their hours have
  -- ended: to put thirty million into another would hold an upgrade up for minutes.
  ALTER TABLE sealed_visits RENAME TO visits_by_place;
  CREATE TABLE sealed_visits (
    hour        INTEGER NOT NULL,
    visitor_tag BLOB    NOT NULL,
    venue_tag   BLOB    NOT NULL,
    id          BLOB    NOT NULL,
    sealed      BLOB    NOT NULL,
    PRIMARY KEY (hour, visitor_tag, venue_tag, id)
  ) STRICT, WITHOUT ROWID;
  CREATE UNIQUE INDEX sealed_visits_by_place ON sealed_visits (hour, venue_tag, id);
  `,
  `
  -- Of a holder of a central register: the keys of gateways' hours, those of one hour sealed as one (holder/opened-hours.ts). What
  -- was kept before is opened again, out of the envelopes.
  DROP TABLE opened_hours;
  CREATE TABLE opened_keys (
    hour   INTEGER PRIMARY KEY,
    names  TEXT NOT NULL,
    sealed BLOB NOT NULL
  ) STRICT;
  `,
];

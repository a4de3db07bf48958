-- What ties entities: beside a posting of a relationship or a statement its other ends, ids one behind the other; so a list
-- of ends is read from the index alone. And how many of them an entity has altogether, a tally ("degree=ent_…").
-- And the events that reach into a later year.
-- +derive
ALTER TABLE posting ADD COLUMN ends TEXT NOT NULL DEFAULT '';

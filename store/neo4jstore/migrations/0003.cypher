// The events that reach into a later year, which is to be derived: hence
// +derive
CREATE INDEX event_reaching IF NOT EXISTS FOR (n:Event) ON (n.reaching, n.dateSort);

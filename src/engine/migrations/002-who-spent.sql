-- Who spent: limits and forecasts count by phase, role and agent.
-- Turns from before are of nobody in particular and still count for their run.

alter table turns
	add column phase integer,
	add column role text,
	add column agent text;

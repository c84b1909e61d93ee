-- Totals of a frame by namespace, so that the time line can be narrowed: {"shop": [requests per second, failed of
-- them, worst health]}. Frames from before have none, and the time line of a namespace is empty there.
alter table graph_frame_fine add column namespaces jsonb;
alter table graph_frame_minute add column namespaces jsonb;

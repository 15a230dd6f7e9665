/** Takes the events of one engine in order. Replaying them rebuilds the engine, without clock or randomness. */
export type Journal<Event> = (event: Event) => void;

/** What a link to the graph holds beside namespaces, window and moment. */
export interface GraphSearch {
  /** The node in the middle, by id or by `namespace/name`. */
  focus?: string
}

export function validateGraphSearch(raw: Readonly<Record<string, unknown>>): GraphSearch {
  return typeof raw['focus'] === 'string' && raw['focus'] !== '' ? { focus: raw['focus'] } : {}
}

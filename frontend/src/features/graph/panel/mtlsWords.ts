import { percent } from '../../../model/units'

/** How much of the traffic is mutual TLS; `share` is 0 … 100. */
export const mtlsWords = (share: number): string =>
  share >= 99.9 ? 'mutual TLS' : share <= 0.1 ? 'not encrypted' : `mutual TLS for ${percent(share / 100)}`

/** A line without axes: the shape of the last values. Zero is the bottom, so that noise on a high rate stays small. */
export function Sparkline({ values, w = 42, h = 14 }: { values: readonly number[]; w?: number; h?: number }) {
  const most = Math.max(...values, 1e-9)
  if (values.length < 3) return null
  const step = w / (values.length - 1)
  const path = values.map(
    (value, i) =>
      `${i === 0 ? 'M' : 'L'}${(i * step).toFixed(1)} ${(h - 1 - (value / most) * (h - 3)).toFixed(1)}`,
  )
  return (
    <svg
      className="phg-spark"
      width={w}
      height={h}
      viewBox={`0 0 ${w} ${h}`}
      aria-hidden="true"
      focusable="false"
    >
      <path d={path.join('')} />
    </svg>
  )
}

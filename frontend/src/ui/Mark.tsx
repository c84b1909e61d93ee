/** The product mark: a lighthouse whose beams are two routes. */
export function Mark({ size = 26 }: { size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 32 32"
      aria-hidden="true"
      focusable="false"
      className="ph-mark"
    >
      <path className="ph-mark__beam" d="M19 9.2 30 4.6v9.6zM13 9.2 2 4.6v9.6z" />
      <path
        className="ph-mark__tower"
        d="M13.4 13h5.2l2.4 15h-10zM12 11.2h8v1.8h-8zM13 6.6h6v4.6h-6zM16 2.4l4 4.2h-8z"
      />
      <path className="ph-mark__band" d="m12.65 17.6.5-3h5.7l.5 3zM11.7 23.6l.5-3h7.6l.5 3z" />
      <path className="ph-mark__tower" d="M8.6 28h14.8v2H8.6z" />
    </svg>
  )
}

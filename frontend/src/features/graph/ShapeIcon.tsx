import type { ReactNode } from 'react'
import type { Shape } from '../../model/graph/picture'

const PATHS: Readonly<Record<Shape, ReactNode>> = {
  workload: <path d="m8 2 6 3-6 3-6-3zM2 8l6 3 6-3M2 11l6 3 6-3" />,
  app: <path d="M2.5 2.5h4.5v4.5H2.5zM9 2.5h4.5v4.5H9zM2.5 9h4.5v4.5H2.5zM9 9h4.5v4.5H9z" />,
  service: <path d="M8 1.8 14 8l-6 6.2L2 8z" />,
  serviceEntry: <path d="M8 1.8 14 8l-6 6.2L2 8zM8 5v6M5 8h6" />,
  gateway: <path d="M2 8h9M8 4.5 11.5 8 8 11.5M14 2.5v11" />,
  waypoint: <path d="M8 14s5-4.6 5-8a5 5 0 0 0-10 0c0 3.400 5 8 5 8zM8 4.500v3" />,
  unknown: <path d="M5.600 6c.2-3 5-2.900 4.900 0 0 1.800-2.400 1.800-2.500 3.600M8 12.300v.6" />,
  egress: <path d="M9 2.500H2.500v11H9M6 8h8M11 5l3 3-3 3" />,
  tile: <path d="M2.500 4.500h11v9h-11zM5 4.500v-2h6v2" />,
}

/** What a card stands for, as a small outline: readable without colour. */
export function ShapeIcon({ shape, size = 14 }: { shape: Shape; size?: number }) {
  return (
    <svg
      className="phg-shape"
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      strokeLinejoin="round"
      strokeLinecap="round"
      aria-hidden="true"
      focusable="false"
    >
      {PATHS[shape]}
    </svg>
  )
}

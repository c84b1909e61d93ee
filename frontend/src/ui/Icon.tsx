import type { ReactNode } from 'react'

const PATHS = {
  overview: (
    <>
      <rect x="2.5" y="2.5" width="6" height="6" rx="1.2" />
      <rect x="11.5" y="2.5" width="6" height="3.5" rx="1.2" />
      <rect x="2.5" y="11.5" width="6" height="6" rx="1.2" />
      <rect x="11.5" y="9" width="6" height="8.5" rx="1.2" />
    </>
  ),
  graph: (
    <>
      <circle cx="4.5" cy="10" r="2" />
      <circle cx="15" cy="4.5" r="2" />
      <circle cx="15" cy="15.5" r="2" />
      <path d="M6.3 9 13.2 5.4M6.3 11l6.9 3.6" />
    </>
  ),
  services: <path d="m10 2.2 6.8 3.9v7.8L10 17.8l-6.8-3.9V6.1zM3.4 6.2 10 10l6.6-3.8M10 10v7.6" />,
  workloads: <path d="m10 2.6 7.4 3.9L10 10.4 2.6 6.5zM2.6 10 10 13.9l7.4-3.9M2.6 13.5 10 17.4l7.4-3.9" />,
  mesh: (
    <>
      <circle cx="10" cy="10" r="7.4" />
      <path d="M2.8 10h14.4M10 2.6c4.2 4.2 4.2 10.6 0 14.8M10 2.6c-4.2 4.2-4.2 10.6 0 14.8" />
    </>
  ),
  search: (
    <>
      <circle cx="8.6" cy="8.6" r="5.2" />
      <path d="m12.6 12.6 4.4 4.4" />
    </>
  ),
  sun: (
    <>
      <circle cx="10" cy="10" r="3.4" />
      <path d="M10 1.8v2M10 16.2v2M1.8 10h2M16.2 10h2M4.2 4.2l1.4 1.4M14.4 14.4l1.4 1.4M15.8 4.2l-1.4 1.4M5.6 14.4l-1.4 1.4" />
    </>
  ),
  moon: <path d="M16.8 11.8A7 7 0 0 1 8.2 3.2a7 7 0 1 0 8.6 8.6z" />,
  system: (
    <>
      <rect x="2.4" y="3.4" width="15.2" height="10" rx="1.4" />
      <path d="M7 17h6M10 13.6V17" />
    </>
  ),
  refresh: <path d="M16.6 8.4A7 7 0 0 0 4 6.6M3.4 11.6A7 7 0 0 0 16 13.4M3.6 3v3.8h3.8M16.4 17v-3.8h-3.8" />,
  pause: <path d="M7 4v12M13 4v12" strokeWidth="2.4" />,
  play: <path d="M6 3.6v12.8l10-6.4z" fill="currentColor" strokeLinejoin="round" />,
  clock: (
    <>
      <circle cx="10" cy="10" r="7.2" />
      <path d="M10 5.6V10l3 2" />
    </>
  ),
  help: (
    <>
      <circle cx="10" cy="10" r="7.4" />
      <path d="M7.8 7.8c.2-2.6 4.6-2.5 4.5 0 0 1.6-2.2 1.6-2.3 3.2M10 13.6v.6" />
    </>
  ),
  check: <path d="m4.4 10.6 3.8 3.8 7.6-8.6" strokeWidth="2" />,
  warning: <path d="M10 3 18 17H2zM10 8v4M10 14.2v.6" strokeLinejoin="round" />,
  failure: <path d="M6 2.4h8L17.6 6v8L14 17.6H6L2.4 14V6zM7 7l6 6M13 7l-6 6" strokeLinejoin="round" />,
  info: (
    <>
      <circle cx="10" cy="10" r="7.4" />
      <path d="M10 9.2v4.6M10 6v.4" />
    </>
  ),
  config: <path d="M4 5.5h7M15 5.5h1M4 14.5h1M9 14.5h7M13 3.3v4.4M7 12.3v4.4" />,
  changes: <path d="M3 6h11M11 3l3 3-3 3M17 14H6M9 11l-3 3 3 3" />,
  findings: <path d="M3 4.5h8M3 9h5M3 13.5h4M14 8.2l4 7.8h-8zM14 11v2M14 14.6v.2" strokeLinejoin="round" />,
  copy: <path d="M7 7h9.4v9.4H7zM4 13H3.2V3.6H13V4" strokeLinejoin="round" />,
  download: <path d="M10 3v9.4M6.2 9 10 12.8 13.8 9M3.4 16.4h13.2" />,
  undo: <path d="M7.4 4.4 3.6 8.2l3.8 3.8M4 8.2h7.4a4.4 4.4 0 0 1 0 8.8H8" />,
  external: <path d="M8 4H4v12h12v-4M11.4 3.4h5.2v5.2M16.2 3.8 9.4 10.6" />,
  hourglass: <path d="M5 2.6h10M5 17.4h10M6.2 2.6c0 5 7.6 5 7.6 14.8M13.8 2.6c0 5-7.6 5-7.6 14.8" />,
  unknown: <path d="M5 10h10" strokeDasharray="2.2 2.2" strokeWidth="2" />,
  chevronDown: <path d="m5.4 7.8 4.6 4.6 4.6-4.6" />,
  chevronRight: <path d="m7.8 5.4 4.6 4.6-4.6 4.6" />,
  sortUp: <path d="M10 4.6v10.8M5.8 8.8 10 4.6l4.2 4.2" />,
  sortDown: <path d="M10 4.6v10.8M5.8 11.2l4.2 4.2 4.2-4.2" />,
  table: <path d="M2.6 4h14.8v12H2.6zM2.6 8h14.8M2.6 12h14.8M8 8v8" />,
  chart: <path d="M2.8 3v14.2h14.6M5.6 13l3.4-4.2 3 2.4 4.6-6" />,
  close: <path d="m5 5 10 10M15 5 5 15" />,
  lock: <path d="M5 9h10v8H5zM7 9V6.4a3 3 0 0 1 6 0V9" />,
  compass: (
    <>
      <circle cx="10" cy="10" r="7.4" />
      <path d="m13.2 6.8-1.8 4.6-4.6 1.8 1.8-4.6z" />
    </>
  ),
  plug: <path d="M7 2.6v4M13 2.6v4M4.6 6.6h10.8v2.6a5.4 5.4 0 0 1-10.8 0zM10 14.6v3" />,
} satisfies Record<string, ReactNode>

export type IconName = keyof typeof PATHS

/** One of our line icons, in the colour and about the size of the text around it. Silent: words stand beside it. */
export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg
      className="ph-icon"
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      aria-hidden="true"
      focusable="false"
    >
      {PATHS[name]}
    </svg>
  )
}

import type { ReactNode } from 'react'
import './page.css'

/** A page that scrolls as a whole. */
export function Page(props: {
  title: ReactNode
  actions?: ReactNode
  note?: ReactNode
  children: ReactNode
}) {
  return (
    <div className="ph-page">
      <PageHead {...props} />
      {props.children}
    </div>
  )
}

/** A page whose content fills the window and scrolls inside, for long lists. */
export function FilledPage(props: {
  title: ReactNode
  actions?: ReactNode
  note?: ReactNode
  children: ReactNode
}) {
  return (
    <div className="ph-page ph-page--filled">
      <PageHead {...props} />
      {props.children}
    </div>
  )
}

function PageHead(props: { title: ReactNode; actions?: ReactNode; note?: ReactNode }) {
  return (
    <header className="ph-page__head">
      <h1>{props.title}</h1>
      {props.note === undefined ? null : <p className="ph-page__note">{props.note}</p>}
      {props.actions === undefined ? null : <div className="ph-page__actions">{props.actions}</div>}
    </header>
  )
}

/** A framed part of a page with a heading. */
export function Card(props: {
  title?: string
  note?: ReactNode
  actions?: ReactNode
  flush?: boolean
  fills?: boolean
  children: ReactNode
}) {
  const classes = ['ph-card', props.flush ? 'ph-card--flush' : '', props.fills ? 'ph-card--fills' : '']
  return (
    <section
      className={classes.filter(Boolean).join(' ')}
      {...(props.title ? { 'aria-label': props.title } : {})}
    >
      {props.title === undefined ? null : (
        <header className="ph-card__head">
          <h2>{props.title}</h2>
          {props.note === undefined ? null : <span className="ph-card__note">{props.note}</span>}
          {props.actions === undefined ? null : <div className="ph-card__actions">{props.actions}</div>}
        </header>
      )}
      <div className="ph-card__body">{props.children}</div>
    </section>
  )
}

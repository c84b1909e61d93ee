import { useEffect, type ReactNode } from 'react'
import './page.css'

interface PageProps {
  readonly title: ReactNode
  /** For the tab and the history of the browser, where the title is more than text. */
  readonly documentTitle?: string
  readonly actions?: ReactNode
  readonly note?: ReactNode
  readonly children: ReactNode
}

/** A page that scrolls as a whole. */
export function Page(props: PageProps) {
  return (
    <div className="ph-page">
      <PageHead {...props} />
      {props.children}
    </div>
  )
}

/** A page whose content fills the window and scrolls inside, for long lists. */
export function FilledPage(props: PageProps) {
  return (
    <div className="ph-page ph-page--filled">
      <PageHead {...props} />
      {props.children}
    </div>
  )
}

function PageHead(props: PageProps) {
  useDocumentTitle(props.documentTitle ?? (typeof props.title === 'string' ? props.title : ''))
  return (
    <header className="ph-page__head">
      <h1>{props.title}</h1>
      {props.note === undefined ? null : <p className="ph-page__note">{props.note}</p>}
      {props.actions === undefined ? null : <div className="ph-page__actions">{props.actions}</div>}
    </header>
  )
}

/** Names the page in the tab. */
export function useDocumentTitle(title: string): void {
  useEffect(() => {
    document.title = title === '' ? 'Pharos' : `${title} · Pharos`
  }, [title])
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

import { useEffect, useRef, useState, type ReactNode } from 'react'
import { Icon } from '../../ui/Icon'
import './controls.css'
import './menu.css'

/** A button that opens a panel of form controls; Escape and a click elsewhere close it. */
export function Menu(props: {
  text: ReactNode
  label: string
  end?: boolean
  plain?: boolean
  children: ReactNode
}) {
  const [open, setOpen] = useState(false)
  const root = useRef<HTMLDivElement>(null)
  const toggle = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (!open) return
    const outside = (event: PointerEvent) => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) setOpen(false)
    }
    document.addEventListener('pointerdown', outside, true)
    return () => document.removeEventListener('pointerdown', outside, true)
  }, [open])
  return (
    <div
      className="phg-menu"
      ref={root}
      data-graph-control
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !open) return
        event.stopPropagation()
        setOpen(false)
        toggle.current?.focus()
      }}
    >
      <button
        ref={toggle}
        type="button"
        className={props.plain ? 'phg-icon-button' : 'phg-button'}
        aria-expanded={open}
        aria-label={props.plain ? props.label : undefined}
        title={props.label}
        onClick={() => setOpen(!open)}
      >
        {props.text}
        {props.plain ? null : <Icon name="chevronDown" size={12} />}
      </button>
      {open ? (
        <div
          className="phg-pop phg-menu__panel"
          data-end={props.end}
          role="group"
          aria-label={props.label}
          onClick={(event) => {
            // A command is done with one click; choices stay open for the next.
            if (event.target instanceof Element && event.target.closest('.phg-menu__list button')) {
              setOpen(false)
              toggle.current?.focus()
            }
          }}
        >
          {props.children}
        </div>
      ) : null}
    </div>
  )
}

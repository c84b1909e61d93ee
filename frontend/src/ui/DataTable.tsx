import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { formatSort, parseSort, sorted, type SortValue } from '../model/sorting'
import './dataTable.css'

export interface Column<R> {
  readonly key: string
  readonly header: string
  readonly cell: (row: R) => ReactNode
  /** Left out: the column cannot be sorted. */
  readonly sortBy?: (row: R) => SortValue
  /** Right-aligned, and sorted largest first at the first click. */
  readonly number?: boolean
  readonly width?: string
}

const ROW_HEIGHT = 34
/** Below this, drawing every row is quicker than measuring which are visible. */
const VIRTUAL_FROM = 150

/** A sortable table, one tab stop, ↑ ↓ to move, Enter to open. Long ones draw only the visible rows. */
export function DataTable<R>(props: {
  label: string
  columns: readonly Column<R>[]
  rows: readonly R[]
  rowKey: (row: R) => string
  sort: string
  onSort?: (sort: string) => void
  onOpen?: (row: R) => void
  /** Fills the height it is given and scrolls inside; otherwise as high as its rows. */
  fills?: boolean
}) {
  const { columns, rowKey, onOpen, onSort } = props
  const scroller = useRef<HTMLDivElement>(null)
  const [activeKey, setActiveKey] = useState<string | null>(null)

  const sort = parseSort(props.sort)
  const sortColumn = columns.find((column) => column.key === sort.key)
  const rows = sortColumn?.sortBy ? sorted(props.rows, sortColumn.sortBy, sort.descending) : props.rows

  const isVirtual = props.fills === true && rows.length >= VIRTUAL_FROM
  // eslint-disable-next-line react-hooks/incompatible-library -- its functions are used in this render only
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
    enabled: isVirtual,
  })
  const visible = virtual.getVirtualItems()
  const first = isVirtual ? (visible[0]?.index ?? 0) : 0
  const last = isVirtual ? (visible.at(-1)?.index ?? -1) : rows.length - 1
  const shown = rows.slice(first, last + 1)
  const above = first * ROW_HEIGHT
  const below = (rows.length - 1 - last) * ROW_HEIGHT

  const activeIndex = Math.max(
    0,
    rows.findIndex((row) => rowKey(row) === activeKey),
  )

  const focusRow = (index: number) => {
    const row = rows[index]
    if (!row) return
    setActiveKey(rowKey(row))
    if (isVirtual) virtual.scrollToIndex(index)
    // After the row exists: a virtual one is drawn only once it was scrolled to.
    requestAnimationFrame(() =>
      requestAnimationFrame(() =>
        scroller.current?.querySelector<HTMLElement>(`tr[data-index="${index}"]`)?.focus(),
      ),
    )
  }
  const onKeyDown = (event: KeyboardEvent, index: number) => {
    if (event.target !== event.currentTarget && event.key === 'Enter') return
    const row = rows[index]
    if (event.key === 'ArrowDown') focusRow(Math.min(index + 1, rows.length - 1))
    else if (event.key === 'ArrowUp') focusRow(Math.max(index - 1, 0))
    else if (event.key === 'Home') focusRow(0)
    else if (event.key === 'End') focusRow(rows.length - 1)
    else if (event.key === 'PageDown') focusRow(Math.min(index + 15, rows.length - 1))
    else if (event.key === 'PageUp') focusRow(Math.max(index - 15, 0))
    else if (event.key === 'Enter' && row && onOpen) onOpen(row)
    else return
    event.preventDefault()
  }

  return (
    <div ref={scroller} className={props.fills ? 'ph-table ph-table--fills' : 'ph-table'}>
      <Table
        aria-label={props.label}
        aria-rowcount={rows.length + 1}
        variant="compact"
        gridBreakPoint=""
        isStickyHeader={props.fills === true}
      >
        <Thead>
          <Tr>
            {columns.map((column, index) => (
              <Th
                key={column.key}
                {...(column.width === undefined ? {} : { style: { width: column.width } })}
                className={column.number ? 'ph-number' : ''}
                {...(column.sortBy && onSort
                  ? {
                      sort: {
                        columnIndex: index,
                        sortBy: {
                          ...(sort.key === column.key ? { index } : {}),
                          direction: sort.descending ? ('desc' as const) : ('asc' as const),
                          defaultDirection: column.number ? ('desc' as const) : ('asc' as const),
                        },
                        onSort: (_event: unknown, _index: number, direction: 'asc' | 'desc') =>
                          onSort(formatSort({ key: column.key, descending: direction === 'desc' })),
                      },
                    }
                  : {})}
              >
                {column.header}
              </Th>
            ))}
          </Tr>
        </Thead>
        <Tbody>
          <Spacer height={above} columns={columns.length} />
          {shown.map((row, offset) => {
            const index = first + offset
            const key = rowKey(row)
            return (
              <Tr
                key={key}
                data-index={index}
                aria-rowindex={index + 2}
                {...(onOpen
                  ? {
                      tabIndex: index === activeIndex ? 0 : -1,
                      isClickable: true,
                      onFocus: () => setActiveKey(key),
                      onKeyDown: (event: KeyboardEvent) => onKeyDown(event, index),
                      onRowClick: (event) => {
                        // A click on a link is the link's, and selecting text is not opening.
                        const onLink =
                          event?.target instanceof Element && event.target.closest('a, button') !== null
                        if (!onLink && window.getSelection()?.toString() === '') onOpen(row)
                      },
                    }
                  : {})}
              >
                {columns.map((column) => (
                  <Td key={column.key} dataLabel={column.header} className={column.number ? 'ph-number' : ''}>
                    {column.cell(row)}
                  </Td>
                ))}
              </Tr>
            )
          })}
          <Spacer height={below} columns={columns.length} />
        </Tbody>
      </Table>
    </div>
  )
}

/** Stands for rows that are not drawn, so that the scroll bar tells the truth. */
function Spacer({ height, columns }: { height: number; columns: number }) {
  if (height <= 0) return null
  return (
    <tr aria-hidden="true">
      <td colSpan={columns} style={{ height, padding: 0, border: 0 }} />
    </tr>
  )
}

import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete'
import type { Extension } from '@codemirror/state'
import { hoverTooltip } from '@codemirror/view'
import { completeField, describeField } from '../../../api/configEndpoints'
import type { FieldDescription, Suggestions } from '../../../api/configSchemas'
import { placeAt } from '../../../model/config/completionPlace'
import type { ObjectName } from '../../../model/config/objects'
import { pathText, yamlEntries } from '../../../model/config/yamlPath'

/** Completion and documentation of fields, as the server's catalogue has them. Answers are kept: fields do not change. */
export function fieldHelp(object: ObjectName): Extension {
  const fields = new Map<string, Promise<Suggestions>>()
  const descriptions = new Map<string, Promise<FieldDescription | null>>()

  const complete = async (context: CompletionContext): Promise<CompletionResult | null> => {
    const text = context.state.doc.toString()
    const place = placeAt(text, context.pos)
    if (place === null || (!context.explicit && place.typed === '' && !place.afterDash)) return null
    const host = place.host
    const key = `${place.path} ${host}`
    // Names of the mesh come and go, fields do not.
    const known = fields.get(key)
    const answer = known ?? completeField(object.kind, place.path, object.namespace, host)
    fields.set(key, answer)
    try {
      const { items, names } = await answer
      if (names.length > 0) fields.delete(key)
      if (context.aborted) return null
      const options: Completion[] = [
        ...names.map((name): Completion => ({
          label: name.text,
          detail: name.of,
          type: 'constant',
          boost: 1,
        })),
        ...items
          .filter((item) => place.isValue || !place.siblings.includes(item.text))
          .map((item): Completion => ({
            label: item.text,
            apply: place.isValue ? item.text : `${item.text}:${inserted(item.type, place.indent)}`,
            detail: item.required ? `${item.type}, required` : item.type,
            ...(item.doc === '' ? {} : { info: item.doc }),
            type: item.deprecated ? 'old' : 'property',
            boost: item.deprecated ? -50 : item.required ? 1 : 0,
          })),
      ]
      return options.length === 0 ? null : { from: place.from, options, validFor: /^[\w./*-]*$/ }
    } catch {
      fields.delete(key)
      return null
    }
  }

  const hover = hoverTooltip(
    async (view, pos) => {
      const entry = yamlEntries(view.state.doc.toString()).find(
        (candidate) =>
          candidate.from <= pos && pos <= candidate.to && typeof candidate.path.at(-1) === 'string',
      )
      if (!entry) return null
      const path = pathText(entry.path)
      const answer = descriptions.get(path) ?? describeField(object.kind, path)
      descriptions.set(path, answer)
      try {
        const field = await answer
        if (field === null) return null
        return { pos: entry.from, end: entry.to, above: true, create: () => ({ dom: drawn(field) }) }
      } catch {
        descriptions.delete(path)
        return null
      }
    },
    { hoverTime: 350 },
  )
  return [
    autocompletion({
      override: [complete],
      activateOnTyping: true,
      icons: false,
      optionClass: (option) => (option.type === 'old' ? 'cm-completion-old' : ''),
    }),
    hover,
  ]
}

/** What follows the colon: a value on the same line, or the beginning of a block. */
function inserted(type: string, indent: number): string {
  const inner = '\n' + ' '.repeat(indent)
  if (type.startsWith('list of')) return `${inner}- `
  return type === 'object' || type.startsWith('map of') ? `${inner}  ` : ' '
}

function drawn(field: FieldDescription): HTMLElement {
  const box = element('div', '', 'cm-field-help')
  const head = element('div', '')
  head.append(element('strong', field.name))
  if (field.type !== '') head.append(element('span', field.required ? `${field.type}, required` : field.type))
  box.append(head)
  if (field.doc !== '') box.append(element('p', field.doc))
  const facts = [
    field.replacement === null ? '' : `Use ${field.replacement} instead.`,
    field.default === null ? '' : `Default: ${field.default}.`,
    field.limits.length === 0 ? '' : `Allowed: ${field.limits.join(', ')}.`,
    field.values.length === 0 ? '' : `Values: ${field.values.map((value) => value.text).join(', ')}.`,
  ].filter(Boolean)
  if (facts.length > 0) box.append(element('p', facts.join(' '), 'cm-field-facts'))
  return box
}

function element(name: string, text: string, className = ''): HTMLElement {
  const made = document.createElement(name)
  made.textContent = text
  if (className !== '') made.className = className
  return made
}

import type { ChangeStep, Preview } from '../../api/changeSchemas'
import { linesOf, type DiffLine } from '../../model/lineDiff'
import { opWords, stepWords } from '../../model/changes'
import { ConfigLink } from '../../ui/ConfigLink'

/** One object of a change: the lines that go and come, and what became of it. */
export function StepCard({ step, trial }: { step: ChangeStep; trial: Preview['dryRun'][number] | null }) {
  const words = trial && !trial.accepted ? 'would be refused' : stepWords[step.state]
  return (
    <section className="ph-card ph-card--flush ph-step" aria-label={`Step ${step.number}`}>
      <header className="ph-card__head">
        <span className="ph-step__number">{step.number}</span>
        <h2>{opWords[step.op]}</h2>
        <ConfigLink object={step.object} withKind withNamespace />
        <span className={`ph-step__state ph-step__state--${step.state}`}>{words}</span>
      </header>
      {step.detail === '' ? null : <p className="ph-step__detail">{step.detail}</p>}
      <pre className="ph-diff" tabIndex={0} aria-label="Lines that go and come">
        {linesOf(step.before, step.after).map((line, index) => (
          <Line key={index} line={line} />
        ))}
      </pre>
    </section>
  )
}

const SIGNS = { same: ' ', gone: '−', new: '+', skipped: '⋯' } as const

function Line({ line }: { line: DiffLine }) {
  return (
    <code className={`ph-diff__line ph-diff__line--${line.kind}`}>
      <span className="ph-diff__sign">{SIGNS[line.kind]}</span>
      {line.text}
      {'\n'}
    </code>
  )
}

import { Switch as PatternFlySwitch } from '@patternfly/react-core'
import { useId } from 'react'

export function Switch(props: { label: string; checked: boolean; onChange: (checked: boolean) => void }) {
  return (
    <PatternFlySwitch
      id={useId()}
      label={props.label}
      isChecked={props.checked}
      onChange={(_event, checked) => props.onChange(checked)}
    />
  )
}

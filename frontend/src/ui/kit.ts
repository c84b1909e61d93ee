/** The parts of PatternFly that need no change of ours. Pages import from here, so that its next major is one folder's work. */
export { Alert, Button, Label, Popover, Skeleton, Tooltip } from '@patternfly/react-core'

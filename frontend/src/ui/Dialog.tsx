import { Modal, ModalBody, ModalHeader } from '@patternfly/react-core'
import type { ReactNode } from 'react'

/** A dialog over the page: focus goes in, stays in, and comes back; Escape closes. */
export function Dialog(props: { title: string; onClose: () => void; children: ReactNode; wide?: boolean }) {
  return (
    <Modal isOpen onClose={props.onClose} aria-label={props.title} variant={props.wide ? 'medium' : 'small'}>
      <ModalHeader title={props.title} />
      <ModalBody>{props.children}</ModalBody>
    </Modal>
  )
}

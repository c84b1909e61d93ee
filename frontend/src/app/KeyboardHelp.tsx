import { Dialog } from '../ui/Dialog'
import { useShortcutSections } from './shortcuts'
import './keyboardHelp.css'

export function KeyboardHelp({ onClose }: { onClose: () => void }) {
  // Inner parts mount first; what holds everywhere comes first in the help.
  const sections = useShortcutSections()
  return (
    <Dialog title="Keyboard" onClose={onClose} wide>
      <div className="ph-keys">
        {sections.toReversed().map((section) => (
          <section key={section.title}>
            <h2>{section.title}</h2>
            <dl>
              {section.shortcuts.map((shortcut) => (
                <div key={shortcut.keys}>
                  <dt>
                    {shortcut.keys.split(' ').map((key, index) => (
                      <kbd key={index}>{key}</kbd>
                    ))}
                  </dt>
                  <dd>{shortcut.label}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}

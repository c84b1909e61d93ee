import '@patternfly/react-core/dist/styles/base.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/App'
import { newQueryClient } from './app/data'
import { newRouter } from './app/router'
import { startTheme } from './app/theme'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no element with the id "root"')
startTheme()
createRoot(root).render(
  <StrictMode>
    <App router={newRouter()} queries={newQueryClient()} />
  </StrictMode>,
)

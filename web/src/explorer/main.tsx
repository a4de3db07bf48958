import './style.css'
import { createRoot } from 'react-dom/client'
import { AskError } from './ask'
import { Explorer } from './explorer'

const root = document.getElementById('root')
if (root) {
  createRoot(root, {
    // what the server refuses is said on the page; a mistake of ours belongs on the console too
    onCaughtError: (error) => error instanceof AskError || console.error(error),
  }).render(<Explorer />)
}

import { useGraphiQL, useGraphiQLActions, useMonaco } from '@graphiql/react'
import { useEffect } from 'react'

/** Gives Monaco the colours of style.css, and lets it follow when the system goes from light to dark. */
export function Theme() {
  const monaco = useMonaco((state) => state.monaco)
  const theme = useGraphiQL((state) => state.theme)
  const { setTheme } = useGraphiQLActions()

  useEffect(() => {
    monaco?.editor.defineTheme('graphiql-LIGHT', {
      base: 'vs',
      inherit: true,
      rules: [{ token: 'argument.identifier.gql', foreground: '#5451b5' }],
      colors: colors({ accent: '#0b57a4', ground: '#ffffff', chosen: '#f1f4f8', quiet: '#5c6a80' }),
    })
    monaco?.editor.defineTheme('graphiql-DARK', {
      base: 'vs-dark',
      inherit: true,
      rules: [
        { token: 'argument.identifier.gql', foreground: '#a5a1ff' },
        { token: 'comment', foreground: '#86b573' },
      ],
      colors: colors({ accent: '#8ab8ee', ground: '#212a3b', chosen: '#2c374b', quiet: '#9aa7bd' }),
    })
  }, [monaco])

  useEffect(() => {
    const dark = matchMedia('(prefers-color-scheme: dark)')
    const follow = () => setTheme(theme)
    dark.addEventListener('change', follow)
    return () => dark.removeEventListener('change', follow)
  }, [theme, setTheme])
  return null
}

/** The colours that GraphiQL's own themes set, and those of line numbers, which were hard to read in the dark. */
function colors({ accent, ground, chosen, quiet }: Record<'accent' | 'ground' | 'chosen' | 'quiet', string>) {
  return {
    'editor.background': '#ffffff00',
    'editorLineNumber.foreground': quiet,
    'editorLineNumber.dimmedForeground': quiet,
    'scrollbar.shadow': '#ffffff00',
    focusBorder: accent,
    'textLink.foreground': accent,
    'textLink.activeForeground': accent,
    'editorLink.activeForeground': accent,
    'editorWidget.background': ground,
    'editorWidget.resizeBorder': accent,
    'editorHoverWidget.background': ground,
    'editorSuggestWidget.background': ground,
    'editorSuggestWidget.selectedBackground': chosen,
    'editorSuggestWidget.selectedForeground': accent,
    'list.hoverBackground': chosen,
    'list.highlightForeground': accent,
    'list.focusHighlightForeground': accent,
    'menu.background': ground,
    'menu.selectionBackground': chosen,
    'menu.selectionForeground': accent,
    'quickInput.background': ground,
    'quickInputList.focusBackground': chosen,
    'quickInputList.focusForeground': accent,
  }
}

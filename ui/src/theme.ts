// Light or dark: as the system says, unless the reader chose.

export type Theme = 'auto' | 'light' | 'dark';

const SETTING = 'sanad.theme';

function apply(theme: Theme): void {
  if (theme === 'auto') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

export function currentTheme(): Theme {
  const chosen = localStorage.getItem(SETTING);
  return chosen === 'light' || chosen === 'dark' ? chosen : 'auto';
}

export function chooseTheme(theme: Theme): void {
  localStorage.setItem(SETTING, theme);
  apply(theme);
}

export function startTheme(): void {
  apply(currentTheme());
}

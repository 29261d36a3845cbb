"""Every icon of the product, drawn for it: 20 px box, 1.6 px line, round ends.

Templates name them: `<c-icon name="check" />`.
"""

# Inner SVG of each icon. Line and fill come from the class `icon`.
ICONS: dict[str, str] = {
    "alert": '<path d="M10 3l7.5 13.5h-15zM10 8.5v3.5M10 14.3v.2"/>',
    "arrow": '<path d="M4 10h12M11.5 5.5L16 10l-4.5 4.5"/>',
    "back": '<path d="M16 10H4M8.5 5.5L4 10l4.5 4.5"/>',
    "bell": '<path d="M5 13.5V9a5 5 0 0 1 10 0v4.5l1.5 1.5h-13zM8.5 17.2a1.8 1.8 0 0 0 3 0"/>',
    "break": (
        '<path d="M4 7h10v5a4 4 0 0 1-4 4H8a4 4 0 0 1-4-4zM14 8.5h1.5a1.75 1.75 0 0 1 0 3.5H14M7 4.5v-1M11 4.5v-1"/>'
    ),
    "calendar": '<rect x="3" y="4.5" width="14" height="12.5" rx="1.5"/><path d="M3 8.5h14M7 2.5v4M13 2.5v4"/>',
    "camera": '<rect x="2.5" y="5.5" width="10" height="9" rx="1.5"/><path d="M12.5 9l5-2.5v7l-5-2.5"/>',
    "camera-off": (
        '<path d="M7 5.5h4A1.5 1.5 0 0 1 12.5 7v2l5-2.5v7l-3-1.5M12.5 13v0a1.5 1.5 0 0 1-1.5 1.5H4A1.5 1.5 0 0 1 '
        '2.5 13V7A1.5 1.5 0 0 1 4 5.5M3 3l14 14"/>'
    ),
    "chat": '<path d="M3 4.5h14v9H9l-4 3.5v-3.5H3z"/>',
    "check": '<path d="M4 10.5l4 4 8-9"/>',
    "clock": '<circle cx="10" cy="10" r="7"/><path d="M10 6v4l2.5 2"/>',
    "copy": (
        '<rect x="7" y="7" width="10" height="10" rx="1.5"/><path d="M13 7V4.5A1.5 1.5 0 0 0 11.5 3h-7A1.5 1.5 0 0 '
        '0 3 4.5v7A1.5 1.5 0 0 0 4.5 13H7"/>'
    ),
    "cross": '<path d="M5 5l10 10M15 5L5 15"/>',
    "document": '<path d="M5 3h7l3 3v11H5zM12 3v3h3M7.5 10h5M7.5 13h5"/>',
    "edit": '<path d="M4 16l.8-3.4L13.5 4a1.4 1.4 0 0 1 2 0l.5.5a1.4 1.4 0 0 1 0 2l-8.6 8.7zM12 5.5L14.5 8"/>',
    "evening": '<path d="M16.5 12A7 7 0 1 1 8 3.5a5.5 5.5 0 0 0 8.5 8.5z"/>',
    "eye": '<path d="M2.5 10S5.5 5 10 5s7.5 5 7.5 5-3 5-7.5 5-7.5-5-7.5-5z"/><circle cx="10" cy="10" r="2.25"/>',
    "group": (
        '<circle cx="10" cy="4.5" r="1.75"/><circle cx="15.5" cy="8.5" r="1.75"/>'
        '<circle cx="13.5" cy="15" r="1.75"/><circle cx="6.5" cy="15" r="1.75"/>'
        '<circle cx="4.5" cy="8.5" r="1.75"/>'
    ),
    "hand": (
        '<path d="M6 10V5.5a1.25 1.25 0 0 1 2.5 0V9 3.75a1.25 1.25 0 0 1 2.5 0V9 4.75a1.25 1.25 0 0 1 2.5 0V10 '
        '7a1.25 1.25 0 0 1 2.5 0v5a5.5 5.5 0 0 1-5.5 5.5c-2 0-3.3-.7-4.4-2.3L3.7 12c-.8-1.3.8-2.4 1.8-1.4L6.5 12"/>'
    ),
    "handout": '<path d="M4.5 3h11v14h-11zM7.5 7h5M7.5 10h5M7.5 13h3"/>',
    "headphones": (
        '<path d="M3.5 13v-3a6.5 6.5 0 0 1 13 0v3"/><rect x="2.75" y="11.5" width="3" height="5" rx="1.2"/>'
        '<rect x="14.25" y="11.5" width="3" height="5" rx="1.2"/>'
    ),
    "heart": '<path d="M10 16.5S3.5 12.7 3.5 8.2A3.4 3.4 0 0 1 10 6.8a3.4 3.4 0 0 1 6.5 1.4c0 4.5-6.5 8.3-6.5 8.3z"/>',
    "home": '<path d="M3.5 9.5L10 4l6.5 5.5V16.5h-4.5v-4h-4v4H3.5z"/>',
    "info": '<circle cx="10" cy="10" r="7"/><path d="M10 9.5v4M10 6.6v.1"/>',
    "key": '<circle cx="6.5" cy="13.5" r="3"/><path d="M8.7 11.3L16.5 3.5M13.5 6.5L16 9"/>',
    "leave": '<path d="M8 3.5H4.5v13H8M12 6.5l3.5 3.5-3.5 3.5M7.5 10h8"/>',
    "lock": '<rect x="4.5" y="9" width="11" height="8" rx="1.5"/><path d="M7 9V6a3 3 0 0 1 6 0v3"/>',
    "mail": '<rect x="2.5" y="4.5" width="15" height="11" rx="1.5"/><path d="M3 6l7 5 7-5"/>',
    "microphone": (
        '<rect x="7.5" y="2.5" width="5" height="9" rx="2.5"/><path d="M4.5 9.5a5.5 5.5 0 0 0 11 0M10 15v2.5M7 '
        '17.5h6"/>'
    ),
    "microphone-off": (
        '<path d="M12.5 8V5a2.5 2.5 0 0 0-4.8-1M7.5 7.5V9a2.5 2.5 0 0 0 4 2M4.5 9.5a5.5 5.5 0 0 0 9 4.2M15.5 9.5c0 '
        '.7-.1 1.3-.4 1.9M10 15v2.5M7 17.5h6M3 3l14 14"/>'
    ),
    "more": '<circle cx="4.5" cy="10" r=".8"/><circle cx="10" cy="10" r=".8"/><circle cx="15.5" cy="10" r=".8"/>',
    "morning": (
        '<circle cx="10" cy="10" r="3.25"/><path d="M10 2.5v2M10 15.5v2M2.5 10h2M15.5 10h2M4.7 4.7l1.4 1.4M13.9 '
        '13.9l1.4 1.4M4.7 15.3l1.4-1.4M13.9 6.1l1.4-1.4"/>'
    ),
    "pause": '<path d="M7 4.5v11M13 4.5v11"/>',
    "people": (
        '<circle cx="7" cy="7" r="2.75"/><path d="M2 16.5c0-3 2.2-4.7 5-4.7s5 1.7 5 4.7M13 4.5a2.75 2.75 0 0 1 0 '
        '5M14.5 12.2c2 .5 3.5 2 3.5 4.3"/>'
    ),
    "person": '<circle cx="10" cy="6.5" r="3"/><path d="M4 17c0-3.4 2.6-5.2 6-5.2s6 1.8 6 5.2"/>',
    "phone": (
        '<path d="M5 3h2.5l1.5 4-2 1.3a9 9 0 0 0 4.7 4.7L13 11l4 1.5V15a2 2 0 0 1-2.2 2A13 13 0 0 1 3 5.2 2 2 0 0 '
        '1 5 3z"/>'
    ),
    "pin": '<path d="M10 17.5s5.5-4.6 5.5-9a5.5 5.5 0 0 0-11 0c0 4.4 5.5 9 5.5 9z"/><circle cx="10" cy="8.5" r="2"/>',
    "play": '<path d="M6.5 4.5v11l9-5.5z"/>',
    "plus": '<path d="M10 4v12M4 10h12"/>',
    "print": (
        '<path d="M6 7.5V3h8v4.5M6 14H4A1.5 1.5 0 0 1 2.5 12.5V9A1.5 1.5 0 0 1 4 7.5h12A1.5 1.5 0 0 1 17.5 '
        '9v3.5A1.5 1.5 0 0 1 16 14h-2M6 12h8v5H6z"/>'
    ),
    "round": '<path d="M16.5 10a6.5 6.5 0 1 1-2-4.7M16.5 3v3.5H13"/>',
    "search": '<circle cx="9" cy="9" r="5.5"/><path d="M13 13l4 4"/>',
    "seats": (
        '<rect x="3" y="3" width="6" height="6" rx="1"/><rect x="11" y="3" width="6" height="6" rx="1"/>'
        '<rect x="3" y="11" width="6" height="6" rx="1"/><rect x="11" y="11" width="6" height="6" rx="1"/>'
    ),
    "shield": '<path d="M10 2.5l6 2.2v4.8c0 4-2.6 6.6-6 8-3.4-1.4-6-4-6-8V4.7z"/><path d="M7.3 9.8l2 2 3.5-4"/>',
    "side-rooms": '<rect x="2.5" y="4" width="15" height="12" rx="1.5"/><path d="M12 4v12"/>',
    "sound": '<path d="M3 8v4h3l4 3.5v-11L6 8zM13 7.5a3.5 3.5 0 0 1 0 5M15.2 5a7 7 0 0 1 0 10"/>',
    "steps": '<path d="M2.5 5.5h5V10h5v4.5h5"/>',
    "trend": '<path d="M3 17h14M5 13l3.5-4 3 2.5L16 5"/>',
}

# The mark of the product: steps going down, and a lamp.
MARK = (
    '<path d="M3 7.5h6.5v6.5H16v6.5h7" fill="none" stroke="currentColor" stroke-width="3" '
    'stroke-linecap="round" stroke-linejoin="round"/><circle class="lamp-dot" cx="19" cy="8" r="3.4"/>'
)

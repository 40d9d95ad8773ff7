// Runs before the page is drawn: styles may know that scripts work here.
document.documentElement.classList.add("js");

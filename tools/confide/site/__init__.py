"""What a party may see becomes the pages they read: a pure function of the view, built in memory and audited."""

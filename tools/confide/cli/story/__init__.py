"""A fictional practice, told day by day through the workflows a coach uses. Everybody in it is invented."""

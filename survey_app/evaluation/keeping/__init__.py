"""What is stored of a published report beside its document, and how both become a report again."""

"""What may be told of counted answers, so that neither a number nor a subtraction tells what a few persons said."""

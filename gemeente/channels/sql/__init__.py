"""The statements of the door: taking a message in, and claiming what is to be sent."""

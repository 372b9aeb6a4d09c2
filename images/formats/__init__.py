"""Reading files of arrays and of pictures, whatever has written them, without running what is in them."""

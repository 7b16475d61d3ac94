"""What a news section is: frozen values, standard library only, no disk, no clock."""

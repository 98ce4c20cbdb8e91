"""What the keys of the meeting screen do: functions of the screen, which the registry lists. They say all there is to say."""

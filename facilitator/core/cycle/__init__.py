"""What a network is between its meetings: pure rules on what their records and documents say."""

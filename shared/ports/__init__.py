"""The promises the product asks of the world; adapters keep them, fakes and real ones alike."""

"""What runs are judged by, and what tells them apart in nothing that is measured."""

# What a run is judged by, and the limit it is held against; the first that a summary has counts.
MEASURES = (
    ("test_accumulated_error", "bayes_accumulated_error", "Bayes"),
    ("test_negative_elbo", None, ""),
    ("negative_elbo", None, ""),
    ("accumulated_error", "pca_accumulated_error", "PCA"),
)
# The same for runs on different pictures, whose errors add up to nothing comparable.
MEASURES_OF_ONE = (("test_mean_error", None, ""), ("mean_error", None, ""))
# What every kind of network has on the pictures that suit it; shown where kinds are compared.
SHARED_MEASURES = {
    "mean_error": "error a picture",
    "total_wrong_pixels": "wrong pixels",
    "knn_accuracy": "15-NN accuracy",
    "legibility": "legible drawings",
}
# Keys that change nothing that is measured.
REMARKS = {"note", "published", "plots", "explorer", "sweep", "samples"}

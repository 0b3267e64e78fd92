namespace HccPipeline.Statistics.Lasso;

/// <summary>What is measured on the held-out rows.</summary>
public enum CrossValidationLoss
{
    /// <summary>−2 log-likelihood per row, probabilities kept in [1e-5, 1 − 1e-5]. Smaller is better.</summary>
    Deviance,

    /// <summary>Area under the ROC curve within each fold, ties count one half. Larger is better.</summary>
    Auc,

    /// <summary>Share of rows on the wrong side of probability 0.5. Smaller is better.</summary>
    Misclassification,
}

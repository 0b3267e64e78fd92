namespace HccPipeline.Benchmarks.Document;

/// <summary>LASSO, logistic regression, missing values, sample size.</summary>
internal static class RegressionMethods
{
    private const string Lasso = "LASSO and elastic net", Logistic = "Logistic regression", Sample = "Sample size";

    public static IReadOnlyList<MethodDescription> All { get; } =
    [
        new(Lasso, "λ path", "minimise −Σ wᵢ[yᵢηᵢ − log(1 + e^ηᵢ)] + λ Σ vⱼ(α|bⱼ| + (1 − α)bⱼ²/2), weights summing to 1, bⱼ of the column standardised with divisor n",
            "Friedman, Hastie, Tibshirani, J Stat Softw 2010;33(1); strong rules: Tibshirani et al., J R Stat Soc B 2012;74:245", "`glmnet`, thresh 1e-24", "lasso",
            ["path/beta"], "absolute, standardised scale"),
        new(Lasso, "λ sequence, early end, deviance ratio", "λ₁ = max |Σ wᵢzᵢⱼ(yᵢ − p₀ᵢ)|/(vⱼ max(α, 0.001)); geometric to λ₁·0.01 (n < p) or λ₁·10⁻⁴; the path ends early after 5 λ at a deviance ratio above 0.999 or a gain below 10⁻⁵, the latter not where a limit is 0. For ridge glmnet reports zeros at its first automatic λ by convention; here it is the solution at that λ", "as above", "`glmnet`", "lasso",
            ["path/lambda", "path/dev_ratio", "lambda_max", "nulldev", "xs"]),
        new(Lasso, "Cross-validation: mean loss, its standard error", "cvm = Σ W_k E_k/ΣW_k; cvsd = √(Σ W_k(E_k − cvm)²/ΣW_k/(K − 1)); deviance, AUC inside folds, misclassification. Where n/K < 3, cvsd = √(Σ wᵢ(Eᵢ − cvm)²/Σwᵢ/(n − 1)) over the rows (grouped = FALSE), but for the AUC, which becomes the deviance where n/K < 10",
            "as above", "`cv.glmnet`, own and fixed fold paths", "lasso", ["cvm", "cvsd"], "absolute"),
        new(Lasso, "λ.min, λ.1se", "largest λ with the best cvm; largest λ within one cvsd of it", "Breiman et al., Classification and Regression Trees, 1984", "`cv.glmnet`", "lasso",
            ["lambda_min", "lambda_1se", "index_min", "index_1se"], "absolute; every index is R's"),
        new(Lasso, "Out-of-fold linear predictors", "each row by the models of the folds without it, linear in λ between fold penalties", "as above", "`cv.glmnet(keep = TRUE)`", "lasso",
            ["fit_preval_at_min", "fit_preval_at_1se"], "absolute"),
        new(Lasso, "Stability selection", "share of random halves, in complementary pairs, that select a predictor", "Meinshausen, Bühlmann, J R Stat Soc B 2010;72:417; Shah, Samworth, J R Stat Soc B 2013;75:55", "", "", []),
        new(Lasso, "Limits of coefficients", "every step of the descent is cut at the lower and upper limit; with a limit of 0 the path goes on where the deviance stands still (glmnet: fdev = 0, a gain below 0, by which rounding ends some of its paths)", "Friedman, Hastie, Tibshirani, J Stat Softw 2010;33(1)", "`glmnet` (its own test in the room)", "", []),
        new(Lasso, "Optimality of each model", "largest violation of the Karush-Kuhn-Tucker conditions on the standardised scale, over λ", "as above", "", "", []),
        new(Lasso, "Missing predictors", "median, or multiple imputation by chained equations with predictive mean matching, learnt inside each fold", "van Buuren, Flexible Imputation of Missing Data, 2018", "", "", []),
        new(Logistic, "Pooling over completed data sets", "b̄; W + (1 + 1/m)B; Student's distribution with (m − 1)(1 + W/((1 + 1/m)B))² degrees of freedom", "Rubin, Multiple Imputation for Nonresponse in Surveys, 1987", "plain R (its own test in the room)", "", []),
        new(Logistic, "Coefficients, Wald limits, odds ratios", "IRLS on an orthonormal basis; b ± z·se, exp", "McCullagh, Nelder, Generalized Linear Models, 1989", "`glm(binomial)`, epsilon 1e-14", "logistic",
            ["fit/coef", "fit/se", "fit/z", "fit/p", "fit/wald_lower", "fit/wald_upper", "fit/or", "fit/or_wald_lower", "fit/or_wald_upper", "fit/vcov"]),
        new(Logistic, "Likelihood, tests, information criteria", "LR χ² = 2(l − l₀); AIC, BIC, McFadden R²", "as above", "`glm`, `anova`, `AIC`, `BIC`", "logistic",
            ["fit/loglik", "fit/deviance", "fit/lr_chisq", "fit/lr_p", "fit/aic", "fit/bic", "fit/mcfadden_r2"]),
        new(Logistic, "Profile-likelihood limits", "root of 2(l_max − l_profile(b)) = χ²₁ quantile, no interpolation", "Venzon, Moolgavkar, Appl Stat 1988;37:87", "root search on `glm`", "logistic",
            ["fit/ci_profile_exact", "fit/or_ci_profile_exact"]),
        new(Logistic, "Variance inflation", "1/(1 − R²ⱼ) of the predictors; diagonal of the inverse correlation of the estimates", "Fox, Monette, J Am Stat Assoc 1992;87:178", "`lm`; formula of `car::vif`", "logistic", ["vif"]),
        new(Logistic, "Likelihood-ratio test of each column", "2(l − l without the column)", "as above", "`drop1(test = \"LRT\")` (its own test in the room)", "", []),
        new(Logistic, "Univariable screening", "one model a column", "", "`glm`", "logistic", ["univariable"]),
        new(Logistic, "Firth's estimates", "score + h(½ − π) = 0, h the diagonal of the weighted hat matrix", "Firth, Biometrika 1993;80:27; Heinze, Schemper, Stat Med 2002;21:2409", "plain R", "logistic",
            ["firth/coef", "firth/se", "firth/loglik", "firth/penalised_loglik"]),
        new(Logistic, "Separation", "a direction d with (2yᵢ − 1)(d₀ + xᵢd) ≥ 0 in every row", "Albert, Anderson, Biometrika 1984;71:1", "both separated cases", "logistic", ["separation/rows_with_positive_margin"]),
        new(Sample, "Riley's criteria", "shrinkage, optimism in R², precision of the overall risk; R² from an expected AUC", "Riley et al., Stat Med 2019;38:1276 and BMJ 2020;368:m441", "published example; formulas of `pmsampsize`; `glm` of simulated scores (its own test in the room)", "", []),
    ];
}

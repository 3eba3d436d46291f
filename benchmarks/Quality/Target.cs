namespace MonaLisa.Quality;

/// <summary>A row of the table of targets.</summary>
/// <param name="Picture">The picture's file name.</param>
/// <param name="Seconds">Training time.</param>
/// <param name="MaxWeights">The most weights and biases, or null for no limit.</param>
/// <param name="Setting">The network and its training.</param>
internal sealed record Target(string Picture, double Seconds, long? MaxWeights, TargetSetting Setting)
{
    /// <summary>Picture, setting, limit and time.</summary>
    public string Name => FormattableString.Invariant(
        $"{Picture}, {Setting.Name}{(MaxWeights is { } limit ? $" of {limit:N0}" : "")}, {Seconds} s");
}

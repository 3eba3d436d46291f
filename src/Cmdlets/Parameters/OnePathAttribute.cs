using System.Management.Automation;
using MonaLisa.Engine;

namespace MonaLisa.PowerShell;

/// <summary>
/// Takes one path, and says so of an object to export that was given in its place. The type of the path could not: PowerShell shows nothing of
/// what the type of a positional parameter says (findings/pwsh-cmdlet-positional-refusal.sh).
/// </summary>
public sealed class OnePathAttribute() : SingleAttribute(OutputPath.Forms)
{
    /// <inheritdoc/>
    /// <exception cref="ArgumentTransformationMetadataException">There are several values, or one is an object to export.</exception>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? value = base.Transform(engineIntrinsics, inputData);
        return Rehydration.Live(value) is object live and (TrainingRun or Mlp or PixelDataset or ExperimentRow)
            ? throw new ArgumentTransformationMetadataException(
                $"An object of type {live.GetType().Name} is no path, but something to export: pipe it, or give it after the path. {Remedy}")
            : value;
    }
}

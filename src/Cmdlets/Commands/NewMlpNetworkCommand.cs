using System.Management.Automation;
using MonaLisa.Engine;

namespace MonaLisa.PowerShell;

/// <summary>Makes an untrained network.</summary>
[Cmdlet(VerbsCommon.New, "MlpNetwork", DefaultParameterSetName = HiddenLayerSet)]
[OutputType(typeof(Mlp))]
public sealed class NewMlpNetworkCommand : PSCmdlet
{
    private const string HiddenLayerSet = "HiddenLayer";
    private const string BudgetSet = "ParameterBudget";
    private const string PresetSet = "Preset";

    /// <summary>Neurons in each hidden layer, first to last; without it, the network that Invoke-MlpTraining would take.</summary>
    [Parameter(Position = 0, ParameterSetName = HiddenLayerSet)]
    [ValidateNotNullOrEmpty]
    public int[]? HiddenLayer { get; set; }

    /// <summary>Number of hidden layers of equal width.</summary>
    [Parameter(Mandatory = true, ParameterSetName = BudgetSet)]
    public int Depth { get; set; }

    /// <summary>The most weights and biases the network may have; it gets the width that comes closest.</summary>
    [Parameter(Mandatory = true, ParameterSetName = BudgetSet)]
    public long ParameterBudget { get; set; }

    /// <summary>A network with a story.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PresetSet)]
    public NetworkPreset Preset { get; set; }

    /// <summary>The hidden layers' activation.</summary>
    [Parameter(ParameterSetName = HiddenLayerSet)]
    [Parameter(ParameterSetName = BudgetSet)]
    [ValidateSet(nameof(Activation.ReLU), nameof(Activation.LeakyReLU), nameof(Activation.Tanh),
        nameof(Activation.Sigmoid), nameof(Activation.Sine), nameof(Activation.Gaussian),
        nameof(Activation.FINER), nameof(Activation.WIRE), nameof(Activation.GELU))]
    public Activation Activation { get; set; } = Activation.Sine;

    /// <summary>How the weights are drawn; Auto suits the activation.</summary>
    [Parameter(ParameterSetName = HiddenLayerSet)]
    [Parameter(ParameterSetName = BudgetSet)]
    public WeightInitialization Initialization { get; set; } = WeightInitialization.Auto;

    /// <summary>The frequency of sine, FINER and WIRE; without it, the activation's own.</summary>
    [Parameter(ParameterSetName = HiddenLayerSet)]
    [Parameter(ParameterSetName = BudgetSet)]
    public float? Omega { get; set; }

    /// <summary>How narrow the bell of Gaussian and WIRE is; without it, the activation's own.</summary>
    [Parameter(ParameterSetName = HiddenLayerSet)]
    [Parameter(ParameterSetName = BudgetSet)]
    public float? Sigma { get; set; }

    /// <summary>Outputs: 1 for grey pictures, 3 for red, green and blue, 4 for those with alpha.</summary>
    [Parameter]
    [ValidateSet("1", "3", "4")]
    public int OutputCount { get; set; } = MlpDesign.DefaultOutputCount;

    /// <summary>Seed of the weights: the same seed gives the same weights.</summary>
    [Parameter]
    public int Seed { get; set; } = MlpDesign.DefaultSeed;

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        try
        {
            WriteObject(new Mlp(Design()));
        }
        catch (ArgumentException exception)
        {
            ThrowTerminatingError(CommandErrors.InvalidOption(exception));
        }
        catch (OutOfMemoryException exception)
        {
            ThrowTerminatingError(CommandErrors.NetworkTooLarge(exception, null));
        }
    }

    private MlpDesign Design()
    {
        if (ParameterSetName == PresetSet)
            return NetworkPresets.Design(Preset, Seed) with { OutputCount = OutputCount };
        int[] hiddenLayers = ParameterSetName == BudgetSet
            ? [.. Enumerable.Repeat(Engine.ParameterBudget.WidthFor(Depth, ParameterBudget, OutputCount), Depth)]
            : HiddenLayer ?? [.. TrainingDefaults.Design().HiddenLayers];
        MlpDesign design = TrainingDefaults.Design(hiddenLayers, Activation, Seed) with
        {
            OutputCount = OutputCount,
            Initialization = Initialization,
        };
        return design with { Omega = Omega ?? design.Omega, Sigma = Sigma ?? design.Sigma };
    }
}

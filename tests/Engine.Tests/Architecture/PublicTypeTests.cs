namespace MonaLisa.Engine.Tests;

/// <summary>Public are the types that users meet in PowerShell; a new one is a decision, and so is one less.</summary>
public class PublicTypeTests
{
    private static readonly string[] Results =
    [
        nameof(DenseLayer), nameof(EncodingTensor), nameof(EncodingTensorShape), nameof(EpochRecord), nameof(FourierEncoding),
        nameof(FrequencyEncoding), nameof(GridEncoding), nameof(GridLevel), nameof(IdentityEncoding), nameof(InputEncoding), nameof(LatentEncoding),
        nameof(Mlp),
        nameof(MlpDesign), nameof(NeighborhoodEncoding), nameof(PixelColor), nameof(PixelDataset), nameof(ProviderInfo), nameof(SinusoidalEncoding), nameof(SnapshotSchedule),
        nameof(TrainingFacts), nameof(TrainingOptions), nameof(TrainingRun),
    ];

    private static readonly string[] Choices =
    [
        nameof(Activation), nameof(AxisScale), nameof(ColorRange), nameof(ComputeProvider), nameof(CoordinateConvention),
        nameof(EncodingKind), nameof(HoldOutPattern), nameof(LearningRateSchedule), nameof(LossFunction), nameof(ModelFileProblem),
        nameof(ModelFormat), nameof(ModelPrecision), nameof(NeighborhoodTask), nameof(NetworkPreset), nameof(Optimizer), nameof(PictureProblem),
        nameof(PixelSampling), nameof(PixelSet), nameof(PlotAbscissa), nameof(PlotMetric), nameof(ShrinkKernel), nameof(StopReason), nameof(TrainingQuality),
        nameof(WeightInitialization),
    ];

    private static readonly string[] Errors =
    [
        nameof(DependencyException), nameof(LatentTargetException), nameof(ModelFileException), nameof(PictureException), nameof(ProviderUnavailableException),
        nameof(TrainingDivergedException),
    ];

    [Fact]
    public void What_commands_write_or_take_is_public() => Assert.Equal(Results, Names(type => !type.IsEnum && !IsError(type)));

    [Fact]
    public void What_can_be_chosen_is_public() => Assert.Equal(Choices, Names(type => type.IsEnum));

    [Fact]
    public void What_can_go_wrong_is_public() => Assert.Equal(Errors, Names(IsError));

    // The names of those in other namespaces are full, and so none of the lists'.
    private static IEnumerable<string> Names(Func<Type, bool> isWanted) => typeof(Mlp).Assembly.GetExportedTypes().Where(isWanted)
        .Select(type => type.Namespace == typeof(Mlp).Namespace ? type.Name : type.FullName!).Order(StringComparer.Ordinal);

    private static bool IsError(Type type) => type.IsAssignableTo(typeof(Exception));
}
